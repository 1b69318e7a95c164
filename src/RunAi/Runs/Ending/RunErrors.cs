using RunAi.Redaction;
using RunAi.RunManifest;
using RunAi.Watching;

namespace RunAi.Runs;

/// <summary>The error of a run that did not succeed, with what its step runner and its log say.</summary>
internal static class RunErrors
{
    private const int ShownLines = 10;

    /// <summary>The error of a run whose step runner left a result.</summary>
    /// <param name="run">The run.</param>
    /// <param name="result">What the step runner left.</param>
    /// <param name="ending">How the wait ended.</param>
    /// <param name="lines">The end of the log.</param>
    /// <param name="isLogShown">True where the log was shown live, so that the text need not say it again.</param>
    public static RunAiException Of(
        StepRun run, RunResult result, WorkloadResult ending, IReadOnlyList<string> lines, bool isLogShown = false)
    {
        var message = Headline(run, result);
        if (result.Outcome == RunOutcome.TimedOut && ClockOf(run, result) is var (clock, limit))
        {
            return new WorkloadTimeoutException(Text(message, ending, lines, isLogShown), clock, limit, ending.Outcome.Workload)
            {
                Diagnosis = ending.Diagnosis,
                RecommendedAction = ending.Failure?.RecommendedAction,
            };
        }

        return Of(message, (ending.Failure as WorkloadFailedException)?.ErrorId ?? ErrorIds.WorkloadFailed, ending, result.ExitCode, lines,
            isLogShown);
    }

    /// <summary>What happened, in a line.</summary>
    public static string Headline(StepRun run, RunResult result)
    {
        var code = result.ExitCode is { } exit && result.Outcome != RunOutcome.TimedOut ? $" with exit code {exit}" : "";
        var where = result.Replica is { } replica ? $" in {replica}" : "";
        return $"Step '{run.StepName}' {Words(result.Outcome)}{where}{code}: {CleanText.Of(result.Message ?? "no reason was given.")}";
    }

    /// <summary>The time limit by which the step runner ended its command: the one of the run that was over first.</summary>
    private static (string Clock, TimeSpan Limit)? ClockOf(StepRun run, RunResult result)
    {
        var submitted = run.SubmittedAt ?? result.StartedAt;
        var clocks = new (string Clock, TimeSpan? Limit, DateTimeOffset From)[]
        {
            (nameof(StepRun.WorkloadTimeout), run.WorkloadTimeout, submitted),
            (nameof(StepRun.Deadline), run.Deadline, run.FirstSubmittedAt ?? submitted),
            (nameof(StepRun.RunTimeout), run.RunTimeout, result.StartedAt),
            (nameof(StepRun.MaxGpuHours), run.GpuTime, result.StartedAt),
        };
        var first = clocks.Where(clock => clock.Limit is not null).OrderBy(clock => clock.From + clock.Limit).FirstOrDefault();
        return first.Limit is { } limit ? (first.Clock, limit) : null;
    }

    /// <summary>An error with these first words, followed by what the wait found out.</summary>
    public static WorkloadFailedException Of(
        string message, string errorId, WorkloadResult ending, int? exitCode, IReadOnlyList<string> lines, bool isLogShown = false)
    {
        var known = ending.Failure as WorkloadFailedException;
        return new WorkloadFailedException(errorId, Text(message, ending, lines, isLogShown), ending.Outcome.Workload)
        {
            ExitCode = exitCode,
            Events = known?.Events ?? [],
            LastLogLines = lines,
            Diagnosis = ending.Diagnosis,
            RecommendedAction = ending.Failure?.RecommendedAction,
        };
    }

    /// <summary>The error of the wait with the last lines of the log, for a run whose step runner left no result.</summary>
    public static RunAiException With(RunAiException failure, IReadOnlyList<string> lines, bool isLogShown = false)
    {
        if (failure is not WorkloadFailedException known)
        {
            return failure;
        }

        return new WorkloadFailedException(known.ErrorId, Text(new FailureText(known.Message), lines, isLogShown), known.Workload)
        {
            ExitCode = known.ExitCode,
            Events = known.Events,
            LastLogLines = lines,
            Diagnosis = known.Diagnosis,
            RecommendedAction = known.RecommendedAction,
        };
    }

    /// <summary>What an error says of its cause; null when it says nothing.</summary>
    public static WorkloadDiagnosis? DiagnosisOf(RunAiException? failure) => failure switch
    {
        WorkloadFailedException failed => failed.Diagnosis,
        WorkloadTimeoutException timeout => timeout.Diagnosis,
        _ => null,
    };

    private static string Text(string message, WorkloadResult ending, IReadOnlyList<string> lines, bool isLogShown) =>
        Text(ending.AddFindings(new FailureText(message)), lines, isLogShown);

    private static string Text(FailureText text, IReadOnlyList<string> lines, bool isLogShown) =>
        (isLogShown ? text : text.AddBlock("Last lines of its log:", lines.Skip(Math.Max(0, lines.Count - ShownLines)))).ToString();

    private static string Words(string outcome) => outcome switch
    {
        RunOutcome.Failed => "failed",
        RunOutcome.Killed => "was killed",
        RunOutcome.TimedOut => "ran out of time",
        RunOutcome.NotStarted => "could not be started",
        RunOutcome.InputFailed => "did not get its inputs",
        RunOutcome.OutputFailed => "did not deliver its outputs",
        _ => "ended",
    };
}
