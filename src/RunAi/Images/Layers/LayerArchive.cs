using System.Text;
using RunAi.Content;

namespace RunAi.Images;

/// <summary>
/// Writes the entries of a folder as a layer's tar archive: the same bytes for the same names, contents and executable bits.
/// </summary>
internal sealed class LayerArchive
{
    /// <summary>Longer than the clock of any file system stands still.</summary>
    private static readonly TimeSpan Unsettled = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<SourceEntry> _entries;
    private readonly string _prefix;

    /// <param name="entries">The entries in the order of <see cref="SourceTree"/>.</param>
    /// <param name="folder">The absolute path of the image that they go to.</param>
    public LayerArchive(IReadOnlyList<SourceEntry> entries, string folder)
    {
        _entries = entries;
        _prefix = folder.Trim('/');
    }

    /// <summary>The digest of the archive itself (OCI image configuration, diff ids).</summary>
    public string DiffId(CancellationToken ct)
    {
        using var plain = new HashingStream(Stream.Null);
        Write(plain, ct);
        return plain.TakeDigest();
    }

    /// <summary>
    /// Tells apart all states of the files without reading them; null where the system cannot tell, or while a file is so new that a
    /// further change might not show in its time.
    /// </summary>
    /// <param name="now">The time.</param>
    public string? Fingerprint(DateTimeOffset now)
    {
        var settled = (now - Unsettled).ToUnixTimeMilliseconds() * 1_000_000;
        var text = new StringBuilder(_prefix);
        foreach (var entry in _entries)
        {
            if (entry.Kind is SourceKind.File or SourceKind.Program && !(entry.ChangedAt <= settled))
            {
                return null;
            }

            text.Append('\0').Append(entry.Location).Append('\0').Append(entry.Name).Append('\0').Append(entry.LinkTarget).Append('\0')
                .Append((int)entry.Kind).Append(' ').Append(entry.Size).Append(' ').Append(entry.ChangedAt);
        }

        return Digest.Of(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Compresses the archive into a new file.</summary>
    /// <param name="file">The new file.</param>
    /// <param name="kept">Blocks that were compressed before; null for none.</param>
    /// <param name="ct">Ends the work.</param>
    public PackedLayer Pack(string file, KeptBlocks? kept, CancellationToken ct) =>
        LayerFile.Pack(file, (target, begin) => Write(target, begin, ct), kept);

    /// <summary>Writes the archive.</summary>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: something cannot be read or packed.</exception>
    public void Write(Stream target, CancellationToken ct) => Write(target, _ => { }, ct);

    private void Write(Stream target, Action<string> begin, CancellationToken ct)
    {
        var tar = new TarWriter(target);
        if (_prefix.Length > 0)
        {
            tar.WriteFolder(_prefix);
        }

        foreach (var entry in _entries)
        {
            ct.ThrowIfCancellationRequested();
            begin(entry.Name);
            Write(tar, entry, _prefix.Length > 0 ? _prefix + "/" + entry.Name : entry.Name, ct);
        }

        tar.Finish();
    }

    private static void Write(TarWriter tar, SourceEntry entry, string name, CancellationToken ct)
    {
        switch (entry.Kind)
        {
            case SourceKind.Folder:
                tar.WriteFolder(name);
                break;
            case SourceKind.Link:
                tar.WriteLink(name, entry.LinkTarget!);
                break;
            default:
                WriteFile(tar, entry, name, ct);
                break;
        }
    }

    private static void WriteFile(TarWriter tar, SourceEntry entry, string name, CancellationToken ct)
    {
        try
        {
            using var content = new FileStream(entry.Location, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            tar.WriteFile(name, entry.Kind == SourceKind.Program, entry.Size, content, ct);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ImageBuildException(
                ErrorIds.ImageBuildFailed,
                $"'{entry.Location}' cannot be packed: {cause.Message} Make it readable and leave it alone while the image is "
                + "built, see that the temporary folder has room, or list the file in .runaiignore.", cause)
            {
                Target = entry.Location,
            };
        }
    }
}
