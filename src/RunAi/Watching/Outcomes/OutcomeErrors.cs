using RunAi.Diagnosis;
using RunAi.Wording;
using RunAi.Workloads;

namespace RunAi.Watching;

/// <summary>The error that an outcome other than success becomes: what happened to which workload, what is left, what to type.</summary>
internal static class OutcomeErrors
{
    private const int MostEvents = 5;

    /// <summary>The error of an outcome.</summary>
    /// <param name="outcome">How the wait ended.</param>
    /// <param name="events">The last events of the workload, oldest first, one line each, where they could be had.</param>
    /// <param name="diagnosis">Why it ended so, where that could be found out.</param>
    /// <param name="suspendedBy">Who suspended it, in words that go on after "was"; null when nobody knows.</param>
    /// <returns>The error, or null for a completed workload.</returns>
    public static RunAiException? From(
        WatchOutcome outcome, IReadOnlyList<string>? events = null, WorkloadDiagnosis? diagnosis = null, string? suspendedBy = null)
    {
        events ??= [];
        var message = Message(outcome, events, diagnosis, suspendedBy);
        return outcome.Kind switch
        {
            WatchOutcomeKind.Failed => Failure(ErrorIds.WorkloadFailed, message, outcome, events, diagnosis),
            WatchOutcomeKind.Stopped => Failure(ErrorIds.WorkloadStopped, message, outcome, events, diagnosis),
            WatchOutcomeKind.Deleted => Failure(ErrorIds.WorkloadDeleted, message, outcome, events, diagnosis),
            WatchOutcomeKind.TimedOut when outcome.Limit!.Name == TimeLimitReader.Room =>
                Failure(ErrorIds.WorkloadUnschedulable, message, outcome, events, diagnosis),
            WatchOutcomeKind.TimedOut => new WorkloadTimeoutException(
                message, outcome.Limit!.Name, outcome.Limit.Limit, outcome.Workload)
            {
                Diagnosis = diagnosis,
                RecommendedAction = Advice(outcome, diagnosis),
            },
            _ => null,
        };
    }

    private static WorkloadFailedException Failure(
        string errorId,
        string message,
        WatchOutcome outcome,
        IReadOnlyList<string> events,
        WorkloadDiagnosis? diagnosis) =>
        new(errorId, message, outcome.Workload)
        {
            ExitCode = ExitCodeOf(outcome, events, diagnosis?.ExitCode),
            Events = events,
            Diagnosis = diagnosis,
            RecommendedAction = Advice(outcome, diagnosis),
        };

    private static string Message(WatchOutcome outcome, IReadOnlyList<string> events, WorkloadDiagnosis? diagnosis, string? suspendedBy) =>
        AddFindings(new FailureText(Headline(outcome, events, diagnosis, suspendedBy)), outcome, events, diagnosis).ToString();

    /// <summary>Adds to a headline why it ended so, what to do, what is left, and what the cluster said.</summary>
    public static FailureText AddFindings(
        FailureText text, WatchOutcome outcome, IReadOnlyList<string> events, WorkloadDiagnosis? diagnosis)
    {
        var workload = outcome.Workload;
        if (diagnosis is not null)
        {
            text.AddAlways($"Cause: {diagnosis.Cause}", diagnosis.Summary);
            foreach (var line in diagnosis.Remedy)
            {
                text.Add("Remedy: ", line);
            }

            foreach (var what in diagnosis.Unread)
            {
                text.Add("Not read: ", what);
            }
        }

        text.Add("The control plane says: ", workload.PhaseMessage?.Trim() ?? "");
        foreach (var reason in workload.PendingReasons.Where(_ => WorkloadPhases.IsWaitingToRun(workload.Phase)))
        {
            text.Add(reason);
        }

        text.Add(LeftoverText.Of(outcome));
        text.Add("See it at ", workload.Url ?? "");
        // Where the cause is known, its evidence has what matters of the events.
        return diagnosis is { Cause: not DiagnosisCause.Unknown }
            ? text
            : text.AddBlock("Last events:", events.Skip(Math.Max(0, events.Count - MostEvents)));
    }

    private static string Headline(WatchOutcome outcome, IReadOnlyList<string> events, WorkloadDiagnosis? diagnosis, string? suspendedBy)
    {
        var which = $"Workload '{outcome.Workload.Name}' ({outcome.Workload.WorkloadId})";
        var preempted = outcome.Preemptions switch
        {
            0 => "",
            1 => ", after 1 preemption",
            var times => $", after {times} preemptions",
        };
        return which + outcome.Kind switch
        {
            WatchOutcomeKind.Failed when ExitCodeOf(outcome, events, diagnosis?.ExitCode) is { } code =>
                $" failed with exit code {code}{preempted}.",
            WatchOutcomeKind.Failed => $" failed{preempted}.",
            WatchOutcomeKind.Stopped when suspendedBy is not null => $" was {suspendedBy}{preempted}.",
            WatchOutcomeKind.Stopped => $" was stopped (suspended) by somebody or by a rule of the project{preempted}.",
            WatchOutcomeKind.Deleted => $" is no longer there{preempted}: somebody deleted it{LastSeen(outcome)}.",
            WatchOutcomeKind.TimedOut => " " + RanOut(outcome.Limit!, outcome.Workload) + preempted + ".",
            _ => " completed.",
        };
    }

    /// <summary>What the time limit that ran out says of the workload, to go on after its name.</summary>
    public static string RanOut(LimitReading limit, Workload workload) => limit.Name switch
    {
        TimeLimitReader.Pending =>
            $"did not run within its PendingTimeout of {Durations.Text(limit.Limit)} (it was {Named(workload.Phase)})",
        TimeLimitReader.Deadline =>
            $"did not end within the step's Deadline of {Durations.Text(limit.Limit)}, earlier attempts included (it was "
            + $"{Named(workload.Phase)})",
        TimeLimitReader.Room => $"can never run: no node that it may run on can hold it (it was {Named(workload.Phase)})",
        TimeLimitReader.GpuHours =>
            $"used up its MaxGpuHours: with the GPUs it holds they last for {Durations.Text(limit.Limit)} of running, earlier "
            + "attempts included",
        TimeLimitReader.Idle => $"left its GPUs idle for {Durations.Text(limit.Limit)}, as long as its StopWhenIdle allows",
        TimeLimitReader.Run => $"ran longer than its RunTimeout of {Durations.Text(limit.Limit)}",
        _ => $"did not end within its WorkloadTimeout of {Durations.Text(limit.Limit)} (it was {Named(workload.Phase)})",
    };

    private static string LastSeen(WatchOutcome outcome) =>
        outcome.Workload.Phase.Length > 0 ? $" (it was last seen {outcome.Workload.Phase})" : ", or it never was";

    private static string Named(string phase) => phase.Length > 0 ? phase : "without a phase";

    private static string Advice(WatchOutcome outcome, WorkloadDiagnosis? diagnosis) =>
        string.Join(" ", (diagnosis?.Remedy ?? []).Append(LeftoverText.Of(outcome)));

    /// <summary>
    /// The exit code of a workload that failed: as the evidence has it, from the phase message, or from the newest event that tells one.
    /// </summary>
    public static int? ExitCodeOf(WatchOutcome outcome, IReadOnlyList<string> events, int? inEvidence) =>
        outcome.Kind == WatchOutcomeKind.Failed ? inEvidence ?? ExitCode.In(events.Reverse().Prepend(outcome.Workload.PhaseMessage)) : null;
}
