using RunAi.ControlPlane;
using RunAi.Runs;
using RunAi.Runs.Retries;
using RunAi.Steps;
using RunAi.Wording;

namespace RunAi;

/// <summary>One intended execution of a step, and what is known of it.</summary>
public sealed class StepRun : IStepInputSource, IRunProgress
{
    /// <summary>The run's id: 26 characters, a ULID.</summary>
    public string RunId { get; set; } = "";

    /// <summary>The key that it was submitted with, as -RunKey; null for a run without one.</summary>
    public string? RunKey { get; set; }

    /// <summary>The name of the step.</summary>
    public string StepName { get; set; } = "";

    /// <summary>The name of the step operator it was submitted with.</summary>
    public string StepOperator { get; set; } = "";

    /// <summary>The name of the project it runs in.</summary>
    public string ProjectName { get; set; } = "";

    /// <summary>The UUID of the workload, null until the control plane has accepted it.</summary>
    public string? WorkloadId { get; set; }

    /// <summary>The name of the workload.</summary>
    public string WorkloadName { get; set; } = "";

    /// <summary>The workload's phase when it was last seen, in the control plane's words.</summary>
    public string Phase { get; set; } = "";

    /// <summary>Where the run stands.</summary>
    public StepRunState State { get; set; }

    /// <summary>True when it has come to its end and no other attempt follows; false for one that is suspended, too.</summary>
    public bool IsOver => NextAttemptAt is null
        && State is StepRunState.Succeeded or StepRunState.Failed or StepRunState.TimedOut or StepRunState.Deleted;

    /// <summary>The exit code of the command, null when it is not known. 0 for a run that succeeded.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Which attempt this is, from 1.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>The attempts before this one, the first first.</summary>
    public StepAttempt[] EarlierAttempts { get; set; } = [];

    /// <summary>
    /// For a run whose attempt failed and that is tried again: when the next attempt is due, by the control plane's clock. Whoever waits
    /// for the run makes it; null for all others.
    /// </summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    /// <summary>How often the workload lost its place to another and went back to the queue.</summary>
    public int Preemptions { get; set; }

    /// <summary>When the control plane accepted the first attempt, by its clock; retries and the deadline count from it.</summary>
    public DateTimeOffset? FirstSubmittedAt { get; set; }

    /// <summary>When the control plane accepted it, by its clock.</summary>
    public DateTimeOffset? SubmittedAt { get; set; }

    /// <summary>When it began to run, by the control plane's clock; null for a run that has not run, or never did.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended, by the control plane's clock.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The time from submission to end, in whole seconds; null before the end, and for a run whose command never ran.</summary>
    public TimeSpan? Duration => StartedAt is null && State != StepRunState.Succeeded ? null : Durations.Rounded(EndedAt - SubmittedAt);

    /// <summary>The time it may take from its creation until it runs, of the step or its operator; null for no limit.</summary>
    public TimeSpan? PendingTimeout { get; set; }

    /// <summary>The time it may take from its creation to its end, of the step or its operator; null for no limit.</summary>
    public TimeSpan? WorkloadTimeout { get; set; }

    /// <summary>The time it may run, time in the queue left aside, of the step; null for no limit.</summary>
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>
    /// The time from the first attempt's submission to the end of the last, of the step or its operator; null for no limit.
    /// </summary>
    public TimeSpan? Deadline { get; set; }

    /// <summary>What the step's tags say of it, by name, such as the fold of a sweep; empty for none.</summary>
    public IDictionary<string, string> Tags { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The most GPU hours that it may use, all attempts together, of the step or its operator; null for no limit.</summary>
    public double? MaxGpuHours { get; set; }

    /// <summary>The use of its GPUs in percent below which they are idle, of the step or its operator; null for no limit.</summary>
    public double? IdleBelow { get; set; }

    /// <summary>How long its GPUs may be idle while it runs; null for no limit.</summary>
    public TimeSpan? IdleFor { get; set; }

    /// <summary>The container image.</summary>
    public string? Image { get; set; }

    /// <summary>The framework of a distributed step, such as <c>PyTorch</c>; null for any other.</summary>
    public string? DistributedFramework { get; set; }

    /// <summary>
    /// The pods of a distributed step that run under the step runner, and how each ended; the first one's result is the run's. Empty for
    /// any other.
    /// </summary>
    public StepReplica[] Replicas { get; set; } = [];

    /// <summary>The name of the artifact store that holds the run's record, log and outputs; null for a run without one.</summary>
    public string? ArtifactStore { get; set; }

    /// <summary>What the run wrote, by the names of the step's outputs; empty before it succeeded.</summary>
    public IDictionary<string, Artifact> Outputs { get; set; } = new Dictionary<string, Artifact>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the step's script block gave, for Receive-RunAiStep; null for a step without one, or before it ended.</summary>
    public Artifact? ScriptResult { get; set; }

    /// <summary>The most memory the command held, in bytes; null when it is not known.</summary>
    public long? PeakMemory { get; set; }

    /// <summary>True when nothing was run, since an earlier run had the same code, data and settings: its outputs are this run's.</summary>
    public bool IsCached { get; set; }

    /// <summary>Why it did not succeed, as far as its record tells; null for all others.</summary>
    public string? Message { get; set; }

    /// <summary>What of its outputs could not be kept, each with the reason in a sentence; empty when all was.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>Where the workload is seen in the control plane's user interface.</summary>
    public string? Url { get; set; }

    /// <summary>
    /// The running time in which <see cref="MaxGpuHours"/> are used up, which the step runner goes by; null where that is not known.
    /// </summary>
    internal TimeSpan? GpuTime { get; set; }

    /// <summary>Whom its end is told to: references to secrets that hold addresses; the record has the last word.</summary>
    internal string[] Notify { get; set; } = [];

    /// <summary>The endpoints its workload is found at.</summary>
    internal TrainingKind Kind => DistributedFramework is null ? TrainingKind.Standard : TrainingKind.Distributed;

    /// <summary>What was decided about another attempt when this one failed; null when nothing was.</summary>
    internal RetryVerdict? Verdict { get; set; }

    /// <summary>True when the run goes on after this attempt: another is due, or was made already.</summary>
    internal bool HasNextAttempt { get; set; }

    /// <summary>The workload's name and the run's state.</summary>
    /// <returns>For example <c>runai-train-4g7c2h9k (Running)</c>.</returns>
    public override string ToString() => $"{WorkloadName} ({State})";

    /// <inheritdoc/>
    Artifact? IStepInputSource.AsInput(out string problem)
    {
        problem = Outputs.Count switch
        {
            1 => "",
            > 1 => $"is a run with the outputs {string.Join(", ", Outputs.Keys)}. Name one, such as $run.Outputs.{Outputs.Keys.First()}.",
            _ when State is StepRunState.Submitting or StepRunState.Submitted or StepRunState.Running =>
                "is a run that has not ended. Wait for it first: $run = $run | Wait-RunAiWorkload",
            _ => $"is a run ({State}) without an output. Give the step it comes from an output with -Output NAME.",
        };
        return Outputs.Count == 1 ? Outputs.Values.Single() : null;
    }
}
