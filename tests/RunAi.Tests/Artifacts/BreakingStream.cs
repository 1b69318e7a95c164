namespace RunAi.Tests.Artifacts;

/// <summary>Gives so many bytes and then fails, as a disk does.</summary>
internal sealed class BreakingStream(long good) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var now = (int)Math.Min(count, good - _read);
        if (now == 0)
        {
            throw new IOException("The disk is broken.");
        }

        _read += now;
        return now;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
