using RunAi.Content;
using RunAi.Files;

namespace RunAi.Artifacts;

/// <summary>A folder, such as a share that both this machine and the cluster have mounted.</summary>
internal sealed class FileStore : IArtifactStore
{
    /// <summary>Files of this beginning are being written and no objects.</summary>
    private const string Unfinished = UnfinishedPart.Prefix;
    private const int CopyBuffer = 1 << 20;

    private readonly StoreAddress _address;

    public FileStore(StoreAddress address) => _address = address;

    public string Uri => _address.Uri;

    public Task<StoredObject?> FindAsync(string key, CancellationToken ct) => CallAsync(
        $"Looking for '{key}'",
        () =>
        {
            var file = new FileInfo(PathOf(key));
            return Task.FromResult(file.Exists ? new StoredObject(key, file.Length, file.LastWriteTimeUtc) : null);
        });

    public Task<IReadOnlyList<StoredObject>> ListAsync(string prefix, CancellationToken ct) => CallAsync(
        $"Listing '{prefix}'",
        () =>
        {
            var slash = prefix.LastIndexOf('/');
            var above = slash < 0 ? "" : StoreKey.Check(prefix.Substring(0, slash)) + "/";
            var folder = new DirectoryInfo(Path.Combine(_address.Folder, above));
            var found = new List<StoredObject>();
            if (folder.Exists)
            {
                Walk(folder, above, prefix, found, ct);
            }

            return Task.FromResult<IReadOnlyList<StoredObject>>([.. found.OrderBy(stored => stored.Key, StringComparer.Ordinal)]);
        });

    public Task<bool> TryCreateAsync(string key, byte[] content, CancellationToken ct) => CallAsync(
        $"Creating '{key}'",
        async () =>
        {
            var target = PathOf(key);
            if (File.Exists(target))
            {
                return false;
            }

            using var source = new MemoryStream(content, writable: false);
            var part = await WritePartAsync(target, source, NoProgress, ct).ConfigureAwait(false);
            try
            {
                return ExclusiveFile.TryMove(part, target);
            }
            finally
            {
                File.Delete(part);
            }
        });

    public async Task WriteAsync(string key, byte[] content, CancellationToken ct)
    {
        using var source = new MemoryStream(content, writable: false);
        await UploadAsync(key, source, NoProgress, ct).ConfigureAwait(false);
    }

    public Task<byte[]?> ReadAsync(string key, long offset, int most, CancellationToken ct) => CallAsync(
        $"Reading '{key}'",
        async () =>
        {
            using var file = Open(key);
            if (file is null)
            {
                return null;
            }

            var size = (int)Math.Max(0, Math.Min(most, file.Length - offset));
            var bytes = new byte[size];
            file.Position = offset;
            var got = 0;
            while (got < size)
            {
                var read = await file.ReadAsync(bytes, got, size - got, ct).ConfigureAwait(false);
                if (read == 0)
                {
                    Array.Resize(ref bytes, got);
                    break;
                }

                got += read;
            }

            return bytes;
        });

    public Task UploadAsync(string key, Stream content, Action<long> progress, CancellationToken ct) => CallAsync(
        $"Storing '{key}'",
        async () =>
        {
            var target = PathOf(key);
            var part = await WritePartAsync(target, content, progress, ct).ConfigureAwait(false);
            try
            {
                FilePlatform.Replace(part, target);
                return true;
            }
            finally
            {
                File.Delete(part);
            }
        });

    public async Task DownloadAsync(string key, Stream destination, Action<long> progress, CancellationToken ct)
    {
        using var file = await CallAsync($"Fetching '{key}'", () => Task.FromResult(Open(key))).ConfigureAwait(false) ?? throw StoreErrors.NotFound(Uri, key);
        await CopyAsync(file, destination, progress, ct).ConfigureAwait(false);
    }

    public Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken ct) => CallAsync(
        "Deleting",
        () =>
        {
            foreach (var path in keys.Select(PathOf).Where(File.Exists))
            {
                ct.ThrowIfCancellationRequested();
                File.Delete(path);
            }

            return Task.FromResult(true);
        });

    public Task<IAddressSigner> SignerAsync(TimeSpan validity, CancellationToken ct) => Task.FromResult<IAddressSigner>(new FileSigner(PathOf));

    private string PathOf(string key) => Path.Combine(_address.Folder, StoreKey.Check(key).Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Opens an object; null when there is none.</summary>
    private FileStream? Open(string key)
    {
        try
        {
            return new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, CopyBuffer, useAsync: true);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes all of a stream beside its target.</summary>
    private static async Task<string> WritePartAsync(string target, Stream content, Action<long> progress, CancellationToken ct)
    {
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        var part = Path.Combine(folder, UnfinishedPart.NewName());
        try
        {
            using var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true);
            await CopyAsync(content, file, progress, ct).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
            return part;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static async Task CopyAsync(Stream source, Stream target, Action<long> progress, CancellationToken ct)
    {
        var buffer = new byte[CopyBuffer];
        for (int read; (read = await source.ReadAsync(buffer, 0, buffer.Length, ct).ConfigureAwait(false)) > 0;)
        {
            await target.WriteAsync(buffer, 0, read, ct).ConfigureAwait(false);
            progress(read);
        }
    }

    private static void NoProgress(long bytes)
    {
    }

    private static void Walk(DirectoryInfo folder, string above, string prefix, List<StoredObject> found, CancellationToken ct)
    {
        foreach (var entry in folder.EnumerateFileSystemInfos())
        {
            ct.ThrowIfCancellationRequested();
            var key = above + entry.Name;
            if (entry is DirectoryInfo below)
            {
                if (prefix.StartsWith(key + "/", StringComparison.Ordinal) || key.StartsWith(prefix, StringComparison.Ordinal))
                {
                    Walk(below, key + "/", prefix, found, ct);
                }
            }
            else if (key.StartsWith(prefix, StringComparison.Ordinal) && !entry.Name.StartsWith(Unfinished, StringComparison.Ordinal))
            {
                found.Add(new StoredObject(key, ((FileInfo)entry).Length, entry.LastWriteTimeUtc));
            }
        }
    }

    private async Task<T> CallAsync<T>(string doing, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw StoreErrors.Denied(Uri, doing, StoreErrors.Words(refused));
        }
        catch (IOException failed)
        {
            throw StoreErrors.Failed(Uri, doing, StoreErrors.Words(failed), failed);
        }
    }
}
