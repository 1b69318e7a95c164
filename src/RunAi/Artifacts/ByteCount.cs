namespace RunAi.Artifacts;

/// <summary>Adds up the bytes of parts that travel at once, and passes each on.</summary>
internal sealed class ByteCount
{
    private readonly Action<long> _next;
    private long _total;

    public ByteCount(Action<long> next) => _next = next;

    public long Total => Interlocked.Read(ref _total);

    public void Add(long bytes)
    {
        Interlocked.Add(ref _total, bytes);
        _next(bytes);
    }
}
