using RunAi.StepRunner.Reporting;

namespace RunAi.StepRunner.Store;

/// <summary>A store that is a shared folder: addresses are paths.</summary>
internal sealed class FolderTransport : ITransport
{
    public async Task ReadAsync(string address, long offset, Memory<byte> buffer, Action<int> progress, CancellationToken ct)
    {
        try
        {
            using var file = File.OpenHandle(address, options: FileOptions.Asynchronous);
            while (buffer.Length > 0 && await RandomAccess.ReadAsync(file, buffer, offset, ct) is var read and > 0)
            {
                progress(read);
                offset += read;
                buffer = buffer[read..];
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StoreException(StoreFailure.NotFound, $"There is no {address}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed("read", address, e);
        }
    }

    public async Task WriteAsync(string address, long length, Func<Stream, CancellationToken, Task> content, CancellationToken ct)
    {
        var partial = $"{address}.{Guid.NewGuid():N}.partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(address)!);
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0))
            {
                await content(file, ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, address, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed("written", address, e);
        }
        finally
        {
            RemovePartial(partial);
        }
    }

    private static StoreException Failed(string what, string address, Exception e) => new(
        e is UnauthorizedAccessException ? StoreFailure.Refused : StoreFailure.Away,
        $"{address} cannot be {what}: {Reason.Of(e)}.");

    private static void RemovePartial(string partial)
    {
        try
        {
            File.Delete(partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its folder is gone or read-only: then there is no partial file of ours either, or nobody can remove it.
        }
    }
}
