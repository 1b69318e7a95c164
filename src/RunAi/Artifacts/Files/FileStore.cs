using System.Buffers;
using RunAi.Content;
using RunAi.Files;

namespace RunAi.Artifacts;

/// <summary>A folder, such as a share that both this machine and the cluster have mounted.</summary>
internal sealed class FileStore : IArtifactStore
{
    /// <summary>Files of this beginning are being written and no objects.</summary>
    private const string Unfinished = UnfinishedPart.Prefix;
    private const int CopyBuffer = 1 << 20;

    /// <summary>A stream's buffer when all is read and written in pieces that are large enough.</summary>
    private const int Unbuffered = 1;

    private readonly StoreAddress _address;

    public FileStore(StoreAddress address) => _address = address;

    public string Uri => _address.Uri;

    public Task<StoredObject?> FindAsync(string key, CancellationToken ct) => CallAtOnceAsync(
        $"Looking for '{key}'",
        () =>
        {
            var file = new FileInfo(PathOf(key));
            return file.Exists ? new StoredObject(key, file.Length, file.LastWriteTimeUtc) : null;
        });

    public Task<IReadOnlyList<StoredObject>> ListAsync(string prefix, CancellationToken ct) => CallAtOnceAsync(
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

            return (IReadOnlyList<StoredObject>)[.. found.OrderBy(stored => stored.Key, StringComparer.Ordinal)];
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

            var part = await WritePartAsync(target, file => WriteAsync(content, file, ct)).ConfigureAwait(false);
            var isMoved = false;
            try
            {
                isMoved = ExclusiveFile.TryMove(part, target);
                return isMoved;
            }
            finally
            {
                if (!isMoved)
                {
                    File.Delete(part);
                }
            }
        });

    public Task WriteAsync(string key, byte[] content, CancellationToken ct) =>
        ReplaceAsync(key, file => WriteAsync(content, file, ct));

    public Task<byte[]?> ReadAsync(string key, long offset, int most, CancellationToken ct) => CallAtOnceAsync(
        $"Reading '{key}'",
        () =>
        {
            ct.ThrowIfCancellationRequested();
            using var file = Open(key);
            return file is null ? null : Read(file, offset, most);
        });

    public Task UploadAsync(string key, Stream content, Action<long> progress, CancellationToken ct) =>
        ReplaceAsync(key, file => CopyAsync(content, file, progress, ct));

    public async Task DownloadAsync(string key, Stream destination, Action<long> progress, CancellationToken ct)
    {
        using var file = await CallAtOnceAsync($"Fetching '{key}'", () => Open(key)).ConfigureAwait(false)
            ?? throw StoreErrors.NotFound(Uri, key);
        await CopyAsync(file, destination, progress, ct).ConfigureAwait(false);
    }

    public Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken ct) => CallAtOnceAsync(
        "Deleting",
        () =>
        {
            foreach (var path in keys.Select(PathOf).Where(File.Exists))
            {
                ct.ThrowIfCancellationRequested();
                File.Delete(path);
            }

            return true;
        });

    public Task<IAddressSigner> SignerAsync(TimeSpan validity, CancellationToken ct) =>
        Task.FromResult<IAddressSigner>(new FileSigner(PathOf));

    private string PathOf(string key) => Path.Combine(_address.Folder, StoreKey.Check(key).Replace('/', Path.DirectorySeparatorChar));

    /// <summary>Opens an object; null when there is none.</summary>
    private FileStream? Open(string key)
    {
        var path = PathOf(key);
        try
        {
            // Most objects that are looked for in vain are records of runs; an exception for each would be dear.
            return File.Exists(path)
                ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, Unbuffered, useAsync: true)
                : null;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static byte[] Read(FileStream file, long offset, int most)
    {
        var bytes = new byte[(int)Math.Max(0, Math.Min(most, file.Length - offset))];
        file.Position = offset;
        for (var got = 0; got < bytes.Length;)
        {
            var read = file.Read(bytes, got, bytes.Length - got);
            if (read == 0)
            {
                // It became shorter while it was read.
                Array.Resize(ref bytes, got);
            }

            got += read;
        }

        return bytes;
    }

    /// <summary>Writes an object, also in the place of one that is there.</summary>
    private Task<bool> ReplaceAsync(string key, Func<FileStream, Task> write) => CallAsync(
        $"Storing '{key}'",
        async () =>
        {
            var target = PathOf(key);
            var part = await WritePartAsync(target, write).ConfigureAwait(false);
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

    /// <summary>Writes a file beside its target, until it is on the disk.</summary>
    private static async Task<string> WritePartAsync(string target, Func<FileStream, Task> write)
    {
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        var part = Path.Combine(folder, UnfinishedPart.NewName());
        try
        {
            using var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, Unbuffered, useAsync: true);
            await write(file).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
            return part;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Small objects, such as records of runs, are written at once: a change of threads takes longer than they do.</summary>
    private static Task WriteAsync(byte[] content, FileStream file, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        file.Write(content, 0, content.Length);
        return Task.CompletedTask;
    }

    private static async Task CopyAsync(Stream source, Stream target, Action<long> progress, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CopyBuffer);
        try
        {
            for (int read; (read = await source.ReadAsync(buffer, 0, buffer.Length, ct).ConfigureAwait(false)) > 0;)
            {
                await target.WriteAsync(buffer, 0, read, ct).ConfigureAwait(false);
                progress(read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
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

    private Task<T> CallAtOnceAsync<T>(string doing, Func<T> call) => CallAsync(doing, () => Task.FromResult(call()));

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
