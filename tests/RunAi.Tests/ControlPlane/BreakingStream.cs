using System.Text;

namespace RunAi.Tests.ControlPlane;

/// <summary>A body that begins well and then breaks, as a connection does.</summary>
internal sealed class BreakingStream(string beginning) : MemoryStream(Encoding.UTF8.GetBytes(beginning))
{
    public override int Read(byte[] buffer, int offset, int count) => Break(base.Read(buffer, offset, count));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Break(await base.ReadAsync(buffer, offset, count, cancellationToken));

#if !NETFRAMEWORK
    public override int Read(Span<byte> buffer) => Break(base.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Break(await base.ReadAsync(buffer, cancellationToken));
#endif

    public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
        throw new IOException("The response ended prematurely.");

    private static int Break(int read) => read > 0 ? read : throw new IOException("The response ended prematurely.");
}
