using System.Diagnostics.CodeAnalysis;
using RunAi.Content;

namespace RunAi.Http;

/// <summary>Passes on what is written to it, and tells a timer of each piece that was taken.</summary>
[SuppressMessage(
    "Performance", "CA1844", Justification = "The overload for memory is not there on .NET Framework; its default leads here.")]
internal sealed class WatchedStream : Stream
{
    private readonly Stream _inner;
    private readonly StallTimer _stall;

    /// <param name="inner">Where the bytes go; it stays open.</param>
    /// <param name="stall">The timer.</param>
    public WatchedStream(Stream inner, StallTimer stall)
    {
        _inner = inner;
        _stall = stall;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        _inner.Write(buffer, offset, count);
        _stall.Moved();
    }

    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        await _inner.WriteAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
        _stall.Moved();
    }

    public override void Flush() => _inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
