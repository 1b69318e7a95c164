namespace RunAi.Artifacts;

/// <summary>How transfers are cut and how patient they are. Part size times parallelism is the memory that a transfer takes.</summary>
internal sealed record StoreOptions
{
    private readonly TimeSpan? _retryTimeout;

    public static StoreOptions Default { get; } = new();

    /// <summary>The size of a part; larger where a store would not take that many. S3 takes none below 5 MiB but the last.</summary>
    public int PartSize { get; init; } = 8 << 20;

    /// <summary>How many parts travel at once.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>How often a range that breaks off is fetched again without having come further.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The pause before the first new try; it doubles.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long a request is repeated while the store is in trouble; 75 pauses long by default, which are 30 s.</summary>
    public TimeSpan RetryTimeout
    {
        get => _retryTimeout ?? TimeSpan.FromTicks(RetryDelay.Ticks * 75);
        init => _retryTimeout = value;
    }

    /// <summary>
    /// How long a store may take to answer after the last byte of a request: what is sent may still lie in buffers on the way.
    /// </summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a transfer may stand still before it counts as broken off.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan DelayBefore(int retry) => new GrowingPause(RetryDelay, TimeSpan.FromTicks(RetryDelay.Ticks * 16)).OfNumber(retry);
}
