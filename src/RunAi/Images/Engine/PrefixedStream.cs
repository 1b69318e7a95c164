namespace RunAi.Images;

/// <summary>A stream of which the first bytes were read already.</summary>
internal sealed class PrefixedStream : Stream
{
    private readonly byte[] _head;
    private readonly int _length;
    private readonly Stream _rest;
    private int _at;

    public PrefixedStream(byte[] head, int length, Stream rest)
    {
        _head = head;
        _length = length;
        _rest = rest;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_at == _length)
        {
            return _rest.Read(buffer, offset, count);
        }

        var taken = Math.Min(count, _length - _at);
        Buffer.BlockCopy(_head, _at, buffer, offset, taken);
        _at += taken;
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
