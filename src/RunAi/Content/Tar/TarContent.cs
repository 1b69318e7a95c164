namespace RunAi.Content;

/// <summary>The bytes of one entry of a tar archive, read from the archive's stream.</summary>
internal sealed class TarContent : Stream
{
    private readonly Stream _source;

    public TarContent(Stream source, long size)
    {
        _source = source;
        Length = Rest = size;
    }

    /// <summary>How many bytes were not read yet.</summary>
    public long Rest { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => Length - Rest;
        set => throw new NotSupportedException();
    }

    /// <exception cref="EndOfStreamException">The archive ends before the entry does.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var wanted = (int)Math.Min(count, Rest);
        if (wanted == 0)
        {
            return 0;
        }

        var read = _source.Read(buffer, offset, wanted);
        Rest -= read > 0 ? read : throw new EndOfStreamException("The archive is cut short.");
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
