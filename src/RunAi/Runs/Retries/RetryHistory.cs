namespace RunAi.Runs.Retries;

/// <summary>What a run has used up of its retries. Kept in the run's record, so that another machine goes on counting.</summary>
internal sealed class RetryHistory
{
    private readonly Dictionary<RetryCategory, int> _used = [];

    /// <param name="began">When the run's first attempt was submitted.</param>
    public RetryHistory(DateTimeOffset began) => Began = began;

    public DateTimeOffset Began { get; }

    /// <summary>The time from there in which the step must end, all attempts together; null for no limit.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>The wait before the last retry; null before the first.</summary>
    public TimeSpan? LastDelay { get; private set; }

    /// <summary>What a record tells of the retries so far.</summary>
    /// <param name="record">The run's last entry.</param>
    /// <param name="now">The time, for a run whose first submission has none.</param>
    public static RetryHistory Of(RunRecord record, DateTimeOffset now)
    {
        var history = new RetryHistory(record.FirstSubmittedAt ?? record.SubmittedAt ?? now) { Deadline = record.Deadline };
        foreach (var earlier in record.EarlierAttempts.Where(earlierAttempt => earlierAttempt.Attempt >= record.FirstAttempt))
        {
            if (Enum.TryParse<RetryCategory>(earlier.RetriedFor, out var category))
            {
                history.Add(category, earlier.RetryDelay ?? TimeSpan.Zero);
            }
        }

        return history;
    }

    public int Used(RetryCategory category) => _used.TryGetValue(category, out var count) ? count : 0;

    /// <summary>Counts a retry that is being made.</summary>
    public void Add(RetryCategory category, TimeSpan delay)
    {
        _used[category] = Used(category) + 1;
        LastDelay = delay;
    }
}
