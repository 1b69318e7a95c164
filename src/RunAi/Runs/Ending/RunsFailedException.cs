namespace RunAi;

/// <summary>Of many runs or workloads that were waited for together, some did not succeed.</summary>
public sealed class RunsFailedException : RunAiException
{
    private const int MostNamed = 10;

    /// <summary>Creates the failure.</summary>
    /// <param name="ended">All that ended, in the order of their ends, each a <see cref="StepRun"/> or a <see cref="Workload"/>.</param>
    /// <param name="failures">Why some did not succeed.</param>
    /// <param name="count">How many were waited for.</param>
    public RunsFailedException(IReadOnlyList<object> ended, IReadOnlyList<RunAiException> failures, int count)
        : base(ErrorIds.RunsFailed, Text(failures, count))
    {
        Ended = ended;
        Failures = failures;
        Target = failures.Select(failure => failure.Target).ToArray();
    }

    /// <summary>
    /// All that ended, those that succeeded too, in the order of their ends: the runs, and the workloads that are no runs.
    /// </summary>
    public IReadOnlyList<object> Ended { get; }

    /// <summary>Why some did not succeed, one failure each.</summary>
    public IReadOnlyList<RunAiException> Failures { get; }

    private static string Text(IReadOnlyList<RunAiException> failures, int count)
    {
        var named = failures.Take(MostNamed).Select(Name);
        var more = failures.Count > MostNamed ? $", and {failures.Count - MostNamed} more" : "";
        return $"{failures.Count} of {count} failed: {string.Join(", ", named)}{more}.\n"
            + "Each failure is in $_.Exception.Failures, and everything that ended in $_.Exception.Ended.";
    }

    private static string Name(RunAiException failure) => failure switch
    {
        StepRunFailedException failed => Name(failed.Run.ToString(), failed.ExitCode, failed.Diagnosis),
        WorkloadFailedException failed => Name(failed.Workload.ToString(), failed.ExitCode, failed.Diagnosis),
        StepRunTimeoutException timeout => $"{timeout.Run.WorkloadName} ({timeout.Clock} of {Wording.Durations.Text(timeout.Limit)})",
        WorkloadTimeoutException timeout => $"{timeout.Workload.Name} ({timeout.Clock} of {Wording.Durations.Text(timeout.Limit)})",
        _ => $"{failure.Target} ({failure.Message.Split('\n')[0]})",
    };

    private static string Name(string what, int? exitCode, WorkloadDiagnosis? diagnosis)
    {
        var name = what.Substring(0, what.LastIndexOf(" (", StringComparison.Ordinal));
        string?[] parts = [exitCode is { } code ? $"exit code {code}" : null, diagnosis?.Cause.ToString()];
        var known = string.Join(", ", parts.OfType<string>());
        return known.Length == 0 ? what : $"{name} ({known})";
    }
}
