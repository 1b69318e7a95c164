namespace RunAi.StepRunner.Folders;

/// <summary>Stands for a file's content while its header is made: has its length, and tells the moment when it would be copied.</summary>
internal sealed class UnreadContent(long length, Action reached) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; } = length;

    public override long Position { get; set; }

    public override void CopyTo(Stream destination, int bufferSize)
    {
        reached();
        Position = Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is held back.
    }
}
