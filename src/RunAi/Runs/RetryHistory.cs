namespace RunAi.Runs;

/// <summary>What a run has used up of its retries. Kept in the run's record, so that another machine goes on counting.</summary>
internal sealed class RetryHistory
{
    private readonly Dictionary<RetryCategory, int> _used = [];

    /// <param name="began">When the run's first attempt was submitted.</param>
    public RetryHistory(DateTimeOffset began) => Began = began;

    public DateTimeOffset Began { get; }

    /// <summary>The wait before the last retry; null before the first.</summary>
    public TimeSpan? LastDelay { get; private set; }

    public int Used(RetryCategory category) => _used.TryGetValue(category, out var count) ? count : 0;

    /// <summary>Counts a retry that is being made.</summary>
    public void Add(RetryCategory category, TimeSpan delay)
    {
        _used[category] = Used(category) + 1;
        LastDelay = delay;
    }
}
