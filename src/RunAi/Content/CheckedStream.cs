using System.Security.Cryptography;

namespace RunAi.Content;

/// <summary>Passes on what is read of another stream, counts it and takes its SHA-256.</summary>
internal sealed class CheckedStream : Stream
{
    private readonly Stream _inner;
    private readonly long? _expected;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _read;

    /// <param name="inner">What is read; closed with this.</param>
    /// <param name="expected">How many bytes it has, where that is known; another number is a failure as soon as it shows.</param>
    public CheckedStream(Stream inner, long? expected = null)
    {
        _inner = inner;
        _expected = expected;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    /// <summary>The length that was told.</summary>
    public override long Length => _expected ?? throw new NotSupportedException();

    /// <summary>How many bytes there are, where that is known.</summary>
    public long? Expected => _expected;

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <summary>The digest of all that was read; asked once, at the end.</summary>
    public string TakeDigest() => Digest.Of(_hash);

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = _inner.Read(buffer, offset, count);
        _hash.AppendData(buffer, offset, read);
        _read += read;
        return _read > _expected ? throw new IOException("It became longer while it was read.")
            : read == 0 && count > 0 && _read < _expected ? throw new IOException("It became shorter while it was read.")
            : read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
