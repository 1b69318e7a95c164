using RunAi.Configuration;

namespace RunAi.Images;

/// <summary>Makes the layer of a source folder: the same bytes for the same names, contents and executable bits, wherever and whenever.</summary>
internal static class CodeLayer
{
    public const string Origin = "Code";

    /// <summary>Packs a folder at a path of the image.</summary>
    /// <param name="source">The folder.</param>
    /// <param name="workingDir">An absolute path of the image, normalised by <see cref="WorkingFolder"/>.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: something in the folder cannot be read or packed.</exception>
    public static AddedLayer Create(string source, string workingDir, CancellationToken ct)
    {
        var entries = SourceTree.Read(source, ct);
        var file = BlobFile.NewTemporary();
        try
        {
            var (descriptor, diffId) = Pack(entries, workingDir.Trim('/'), file, ct);
            return new AddedLayer(Origin, new BlobFile(file, descriptor, temporary: true), diffId, $"RunAi: source at {workingDir}");
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    private static (BlobDescriptor Descriptor, string DiffId) Pack(
        IReadOnlyList<SourceEntry> entries, string prefix, string file, CancellationToken ct)
    {
        using var target = FilePlatform.OpenPrivate(file, FileMode.CreateNew);
        using var compressed = new HashingStream(target);
        using var gzip = new GzipFile(compressed);
        using var plain = new HashingStream(gzip);
        var tar = new TarWriter(plain);
        if (prefix.Length > 0)
        {
            tar.WriteFolder(prefix);
        }

        foreach (var entry in entries)
        {
            ct.ThrowIfCancellationRequested();
            Write(tar, entry, prefix.Length > 0 ? prefix + "/" + entry.Name : entry.Name, ct);
        }

        tar.Finish();
        gzip.Finish();
        return (new BlobDescriptor(MediaTypes.OciLayer, compressed.TakeDigest(), compressed.Length), plain.TakeDigest());
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
                ErrorIds.ImageBuildFailed, $"'{entry.Location}' cannot be packed: {cause.Message} Make it readable and leave it alone while the image is "
                + "built, see that the temporary folder has room, or list the file in .runaiignore.", cause)
            {
                Target = entry.Location,
            };
        }
    }
}
