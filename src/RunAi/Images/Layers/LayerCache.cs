using System.Security.Cryptography;
using RunAi.Content;
using RunAi.Files;

namespace RunAi.Images;

/// <summary>
/// Keeps compressed layers between runs, so that what stays the same is compressed once. A file's name holds the digests of the layer
/// before and after compression; one whose bytes are others is thrown away. Nothing depends on it: without it, work is done again.
/// </summary>
internal sealed class LayerCache
{
    /// <summary>Names the folder in place of the user's own.</summary>
    public const string Variable = "RUNAI_CACHE";

    private const string Extension = ".tar.gz";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly TimeSpan InUse = TimeSpan.FromHours(1);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly int? _mostBlobs;
    private readonly LayerIndex _index;

    /// <param name="folder">Where layers are kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="mostBlobs">How many layers are kept beside those of the last hour; null for all that were used in the last
    /// month.</param>
    public LayerCache(string folder, TimeProvider time, int? mostBlobs = null)
    {
        _folder = folder;
        _time = time;
        _mostBlobs = mostBlobs;
        _index = new LayerIndex(folder);
    }

    /// <summary>The cache of code, which changes from build to build: a few layers of it are kept, below this one's folder.</summary>
    public LayerCache OfCode => new(Path.Combine(_folder, "code"), _time, mostBlobs: 4);

    /// <summary>
    /// The folder of this user: <c>RUNAI_CACHE</c>, else in the user's cache folder; the temporary one where there is none.
    /// </summary>
    public static string FolderOfUser(Func<string, string?> environment)
    {
        if (environment(Variable) is { Length: > 0 } given)
        {
            return FullPath.Of(given, ErrorIds.ConfigurationInvalid);
        }

        var root = Path.DirectorySeparatorChar == '\\' ? environment("LOCALAPPDATA")
            : environment("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache")
            : null;
        return Path.Combine(string.IsNullOrEmpty(root) ? Path.GetTempPath() : root, "RunAi", "layers");
    }

    /// <summary>The compressed form of an archive, kept from before or made now.</summary>
    /// <param name="archive">What is compressed.</param>
    /// <param name="make">Makes the layer from its blob and the archive's digest.</param>
    /// <param name="ct">Ends the work.</param>
    public T Get<T>(LayerArchive archive, Func<BlobFile, string, T> make, CancellationToken ct)
    {
        var fingerprint = archive.Fingerprint(_time.GetUtcNow());
        if (fingerprint is not null && _index.Find(fingerprint) is { } known && Find(known) is { } same)
        {
            return make(same, known);
        }

        var (blob, diffId) = _mostBlobs is null && archive.DiffId(ct) is var there && Find(there) is { } kept
            ? (kept, there)
            : Pack(archive, ct);
        if (fingerprint is not null && !blob.IsTemporary)
        {
            _index.Keep(fingerprint, diffId);
        }

        return make(blob, diffId);
    }

    /// <summary>The kept blob of a layer, or null.</summary>
    public BlobFile? Find(string diffId)
    {
        if (!Directory.Exists(_folder))
        {
            return null;
        }

        foreach (var file in Directory.GetFiles(_folder, $"{Digest.Hex(diffId)}.*{Extension}"))
        {
            if (Read(file) is { } descriptor)
            {
                File.SetLastWriteTimeUtc(file, _time.GetUtcNow().UtcDateTime);
                return new BlobFile(file, descriptor, temporary: false);
            }

            File.Delete(file);
        }

        return null;
    }

    /// <summary>Makes a blob and keeps it; where the folder cannot be written, it is a temporary file.</summary>
    /// <param name="pack">Fills the new file it is given.</param>
    public (BlobFile Blob, string DiffId) Add(Func<string, PackedLayer> pack)
    {
        if (!TryPrepare())
        {
            var temporary = BlobFile.NewTemporary();
            var only = pack(temporary);
            return (new BlobFile(temporary, only.Descriptor, temporary: true), only.DiffId);
        }

        var partial = Path.Combine(_folder, $"{Guid.NewGuid():N}.partial");
        try
        {
            var packed = pack(partial);
            var file = Path.Combine(_folder, $"{Digest.Hex(packed.DiffId)}.{Digest.Hex(packed.Descriptor.Digest)}{Extension}");
            FilePlatform.Replace(partial, file);
            if (_mostBlobs is not null)
            {
                BlockIndex.Write(file, packed.Blocks);
            }

            return (new BlobFile(file, packed.Descriptor, temporary: false), packed.DiffId);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Compresses what no kept layer of changing code has in this form.</summary>
    private (BlobFile Blob, string DiffId) Pack(LayerArchive archive, CancellationToken ct)
    {
        using var kept = new KeptBlocks(KeptLayers(), file => Read(file) is not null);
        return Add(file => archive.Pack(file, kept, ct));
    }

    /// <summary>The layers of changing code, the one used last at the end; none where the folder cannot be listed.</summary>
    private string[] KeptLayers()
    {
        try
        {
            return _mostBlobs is { } most
                ? [.. FilesByUse().Where(IsBlob).Take(most).Select(file => file.FullName).Reverse()]
                : [];
        }
        catch (Exception barred) when (barred is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The files of the folder, the one used last first.</summary>
    private IOrderedEnumerable<FileInfo> FilesByUse() =>
        new DirectoryInfo(_folder).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc);

    private static BlobDescriptor? Read(string file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        var digest = Digest.Of(hash);
        return Path.GetFileName(file).EndsWith($".{Digest.Hex(digest)}{Extension}", StringComparison.Ordinal)
            ? new BlobDescriptor(MediaTypes.OciLayer, digest, stream.Length)
            : null;
    }

    private static bool IsBlob(FileInfo file) => file.Name.EndsWith(Extension, StringComparison.Ordinal);

    /// <summary>Makes the folder and throws away what was not used for long, also what a crash left.</summary>
    private bool TryPrepare()
    {
        try
        {
            FilePlatform.CreateFolder(_folder);
            var now = _time.GetUtcNow().UtcDateTime;
            var files = FilesByUse().ToList();
            var surplus = _mostBlobs is { } most ? files.Where(IsBlob).Skip(most).Where(file => file.LastWriteTimeUtc < now - InUse) : [];
            foreach (var file in files.Where(file => file.LastWriteTimeUtc < now - Kept).Union(surplus))
            {
                file.Delete();
                File.Delete(file.FullName + BlockIndex.Extension);
            }

            using var probe = new FileStream(
                Path.Combine(_folder, $"{Guid.NewGuid():N}.partial"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1,
                FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception barred) when (barred is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
