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

    private readonly string _folder;
    private readonly TimeProvider _time;

    public LayerCache(string folder, TimeProvider time)
    {
        _folder = folder;
        _time = time;
    }

    /// <summary>The folder of this user: <c>RUNAI_CACHE</c>, else in the user's cache folder; the temporary one where there is none.</summary>
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
        var diffId = archive.DiffId(ct);
        return make(Find(diffId) ?? Add(file => archive.Pack(file, ct)).Blob, diffId);
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
    public (BlobFile Blob, string DiffId) Add(Func<string, (BlobDescriptor Descriptor, string DiffId)> pack)
    {
        if (!TryPrepare())
        {
            var temporary = BlobFile.NewTemporary();
            var (blob, id) = pack(temporary);
            return (new BlobFile(temporary, blob, temporary: true), id);
        }

        var partial = Path.Combine(_folder, $"{Guid.NewGuid():N}.partial");
        try
        {
            var (descriptor, diffId) = pack(partial);
            var file = Path.Combine(_folder, $"{Digest.Hex(diffId)}.{Digest.Hex(descriptor.Digest)}{Extension}");
            FilePlatform.Replace(partial, file);
            return (new BlobFile(file, descriptor, temporary: false), diffId);
        }
        finally
        {
            File.Delete(partial);
        }
    }

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

    /// <summary>Makes the folder and throws away what was not used for long, also what a crash left.</summary>
    private bool TryPrepare()
    {
        try
        {
            FilePlatform.CreateFolder(_folder);
            var oldest = _time.GetUtcNow().UtcDateTime - Kept;
            foreach (var file in new DirectoryInfo(_folder).GetFiles().Where(file => file.LastWriteTimeUtc < oldest))
            {
                file.Delete();
            }

            using var probe = new FileStream(Path.Combine(_folder, $"{Guid.NewGuid():N}.partial"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception barred) when (barred is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
