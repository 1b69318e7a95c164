using System.Security.Cryptography;
using RunAi.RunManifest;
using RunAi.StepRunner.Store;

namespace RunAi.StepRunner.Inputs;

/// <summary>
/// Reads an artifact's parts as one stream: a few ranges are fetched at a time, ahead of the reader and in order, so that memory holds
/// these ranges only, whatever the artifact's size. Its digest is taken on the way.
/// </summary>
internal sealed class PartsStream : Stream
{
    private const int RangeSize = 4 << 20;
    private const int Ahead = 4;

    private readonly ObjectStore _store;
    private readonly CancellationTokenSource _stop;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Queue<Task<ReadOnlyMemory<byte>>> _ranges = new();
    private readonly IEnumerator<(string Address, long Offset, int Size)> _plan;
    private ReadOnlyMemory<byte> _current;

    public PartsStream(ObjectStore store, IReadOnlyList<ManifestPart> parts, CancellationToken ct)
    {
        _store = store;
        _plan = Plan(parts).GetEnumerator();
        _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
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

    /// <summary>Reads what nobody wanted, and compares the digest of all.</summary>
    /// <exception cref="StoreException">It is another one.</exception>
    public async Task CheckAsync(string digest, CancellationToken ct)
    {
        await CopyToAsync(Null, ct);
        var found = Digest.Of(_hash);
        if (found != digest)
        {
            throw new StoreException(StoreFailure.Rejected, $"Its digest is {found} and should be {digest}.");
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_current.IsEmpty)
        {
            FetchAhead();
            if (!_ranges.TryDequeue(out var next))
            {
                return 0;
            }

            _current = await next.WaitAsync(cancellationToken);
            FetchAhead();
        }

        var count = Math.Min(buffer.Length, _current.Length);
        _current[..count].CopyTo(buffer);
        _hash.AppendData(buffer.Span[..count]);
        _current = _current[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Cancel();
            _plan.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private static IEnumerable<(string Address, long Offset, int Size)> Plan(IReadOnlyList<ManifestPart> parts)
    {
        foreach (var part in parts)
        {
            for (long offset = 0; offset < part.Size; offset += RangeSize)
            {
                yield return (part.Get, offset, (int)Math.Min(RangeSize, part.Size - offset));
            }
        }
    }

    private void FetchAhead()
    {
        while (_ranges.Count < Ahead && _plan.MoveNext())
        {
            _ranges.Enqueue(FetchAsync(_plan.Current));
        }
    }

    private async Task<ReadOnlyMemory<byte>> FetchAsync((string Address, long Offset, int Size) range)
    {
        var buffer = new byte[range.Size];
        var read = await _store.ReadAsync(range.Address, range.Offset, buffer, _stop.Token);
        return read == range.Size
            ? buffer
            : throw new StoreException(
                StoreFailure.Rejected,
                $"{Address.Show(range.Address)} ends at {range.Offset + read} bytes and should have {range.Offset + range.Size} at least.");
    }
}
