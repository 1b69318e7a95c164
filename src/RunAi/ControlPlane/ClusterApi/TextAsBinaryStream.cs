namespace RunAi.ControlPlane;

/// <summary>
/// The connection below a WebSocket, on which each text frame that arrives is marked as a binary one (RFC 6455, section 5.2): the framework
/// refuses a text message that is no whole UTF-8, and servers of logs cut characters between messages. What is sent is left alone.
/// </summary>
internal sealed class TextAsBinaryStream : Stream
{
    private const byte OpcodeBits = 0x0F;
    private const byte Text = 1;
    private const byte Binary = 2;

    private readonly Stream _inner;

    /// <summary>The bytes of a frame's head that are still to come; 0 within a payload.</summary>
    private int _head = 2;

    /// <summary>How many bytes of the head have been read.</summary>
    private int _read;
    private int _lengthBytes;
    private bool _masked;
    private ulong _payload;

    public TextAsBinaryStream(Stream inner) => _inner = inner;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = _inner.Read(buffer, offset, count);
        Mark(buffer.AsSpan(offset, read));
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Mark(buffer.Span.Slice(0, read));
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => _inner.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        _inner.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => _inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Mark(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (_read == _head)
            {
                // Within a payload: it is passed over at once.
                var rest = (ulong)(bytes.Length - i);
                if (_payload >= rest)
                {
                    _payload -= rest;
                    EndFrame();
                    return;
                }

                i += (int)_payload;
                _payload = 0;
                EndFrame();
            }

            Head(ref bytes[i]);
            if (_read == _head)
            {
                EndFrame();
            }
        }
    }

    private void Head(ref byte value)
    {
        if (_read == 0 && (value & OpcodeBits) == Text)
        {
            value = (byte)((value & ~OpcodeBits) | Binary);
        }
        else if (_read == 1)
        {
            var length = value & 0x7F;
            _masked = (value & 0x80) != 0;
            _lengthBytes = length == 126 ? 2 : length == 127 ? 8 : 0;
            _payload = _lengthBytes == 0 ? (ulong)length : 0;
            _head = 2 + _lengthBytes + (_masked ? 4 : 0);
        }
        else if (_read >= 2 && _read < 2 + _lengthBytes)
        {
            _payload = (_payload << 8) | value;
        }

        _read++;
    }

    /// <summary>Goes on with the next frame when this one has nothing left.</summary>
    private void EndFrame()
    {
        if (_payload == 0)
        {
            (_read, _head, _lengthBytes) = (0, 2, 0);
        }
    }
}
