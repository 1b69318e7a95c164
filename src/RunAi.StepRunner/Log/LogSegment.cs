namespace RunAi.StepRunner.Log;

/// <summary>A segment of the log: it grows until it is full.</summary>
internal sealed class LogSegment(int index, long capacity)
{
    private byte[] _bytes = new byte[Math.Min(capacity, 64 << 10)];

    public int Index { get; } = index;

    public int Length { get; private set; }

    /// <summary>Its bytes so far; more may come behind them, but these stay.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    public bool Fits(int count, long reserve) => Length + count + reserve <= capacity;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(capacity, Math.Max(_bytes.Length * 2L, Length + bytes.Length)));
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }
}
