namespace RunAi.Runs.Retries;

/// <summary>Whether a run gets another attempt, and when.</summary>
internal sealed class RetryDecision
{
    private RetryDecision(bool isDue, TimeSpan delay, RetryCategory category, string why)
    {
        IsDue = isDue;
        Delay = delay;
        Category = category;
        Why = why;
    }

    public bool IsDue { get; }

    /// <summary>How long to wait before the next attempt.</summary>
    public TimeSpan Delay { get; }

    public RetryCategory Category { get; }

    /// <summary>The decision in words, for the log and the record.</summary>
    public string Why { get; }

    public static RetryDecision Yes(RetryCategory category, TimeSpan delay, string why) => new(true, delay, category, why);

    public static RetryDecision No(RetryCategory category, string why) => new(false, TimeSpan.Zero, category, why);
}
