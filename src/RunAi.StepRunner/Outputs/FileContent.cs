using RunAi.StepRunner.Reporting;
using RunAi.StepRunner.Store;

namespace RunAi.StepRunner.Outputs;

/// <summary>The bytes of a file.</summary>
internal sealed class FileContent(string path) : IContent
{
    private const int BufferSize = 256 << 10;

    public long Length { get; } = new FileInfo(path).Length;

    public Task CopyToAsync(Stream destination, long offset, long count, CancellationToken ct) =>
        CopyAsync(path, destination, offset, count, ct);

    public static async Task CopyAsync(string path, Stream destination, long offset, long count, CancellationToken ct)
    {
        var buffer = new byte[(int)Math.Min(BufferSize, Math.Max(1, count))];
        using var file = Open(path);
        while (count > 0)
        {
            var read = Read(file, path, buffer.AsSpan(0, (int)Math.Min(buffer.Length, count)), offset);
            await destination.WriteAsync(buffer.AsMemory(0, read), ct);
            offset += read;
            count -= read;
        }
    }

    private static Microsoft.Win32.SafeHandles.SafeFileHandle Open(string path)
    {
        try
        {
            return File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContentException($"{path} cannot be read: {Reason.Of(e)}.");
        }
    }

    private static int Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, string path, Span<byte> buffer, long offset)
    {
        try
        {
            var read = RandomAccess.Read(file, buffer, offset);
            return read > 0 ? read : throw new ContentException($"{path} became shorter while it was stored.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContentException($"{path} cannot be read: {Reason.Of(e)}.");
        }
    }
}
