namespace RunAi.Runs.Retries;

/// <summary>
/// What was decided about another attempt when one ended. It stands in the entry that tells the end, so that whoever goes on with the run,
/// on any machine, goes by the same decision.
/// </summary>
internal sealed class RetryVerdict
{
    /// <summary>True when another attempt is to be made.</summary>
    public bool IsDue { get; set; }

    public RetryCategory Category { get; set; }

    /// <summary>Why the attempt failed.</summary>
    public DiagnosisCause Cause { get; set; }

    /// <summary>The wait that was drawn.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>When the wait is over, by the control plane's clock.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>The decision in words.</summary>
    public string Why { get; set; } = "";

    /// <summary>
    /// Decides for a run whose attempt failed; null when nothing is to be decided, since it has no policy or did not fail.
    /// </summary>
    /// <param name="record">The run's last entry.</param>
    /// <param name="run">The run at its end.</param>
    /// <param name="diagnosis">Why it failed; null when that could not be found out.</param>
    /// <param name="now">The time, by the control plane's clock.</param>
    /// <param name="random">A number from 0 to below 1.</param>
    public static RetryVerdict? Of(RunRecord record, StepRun run, WorkloadDiagnosis? diagnosis, DateTimeOffset now, Func<double> random)
    {
        // What was stopped, deleted or ran out of time was ended by somebody's will.
        if (record.Retry is not { } policy || run.State != StepRunState.Failed || diagnosis is null)
        {
            return null;
        }

        var decision = policy.Decide(diagnosis, RetryHistory.Of(record, now), now, random);
        return new RetryVerdict
        {
            IsDue = decision.IsDue,
            Category = decision.Category,
            Cause = diagnosis.Cause,
            Delay = decision.Delay,
            At = now + decision.Delay,
            Why = decision.Why,
        };
    }
}
