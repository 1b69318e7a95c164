using RunAi.ControlPlane;
using RunAi.Runs.Retries;

namespace RunAi.Runs;

/// <summary>
/// One entry of a run's record: all that is known of the run at one moment. Entries are created once and never changed; the last one tells
/// where the run stands, to any machine that can read the store.
/// </summary>
internal sealed class RunRecord : IRunProgress
{
    public const int CurrentVersion = 1;

    public int Version { get; set; } = CurrentVersion;

    public string RunId { get; set; } = "";

    /// <summary>The user's key for the run; null for one without, and in records of versions that did not keep it.</summary>
    public string? RunKey { get; set; }

    public StepRunState State { get; set; }

    /// <summary>When the entry was made, by the clock of its maker.</summary>
    public DateTimeOffset At { get; set; }

    public string StepName { get; set; } = "";

    public string StepOperator { get; set; } = "";

    public string RunAiBaseUrl { get; set; } = "";

    public string ProjectName { get; set; } = "";

    public string ProjectId { get; set; } = "";

    public string WorkloadName { get; set; } = "";

    public string ClusterId { get; set; } = "";

    /// <summary>Null until the control plane has accepted the workload.</summary>
    public string? WorkloadId { get; set; }

    public int Attempt { get; set; } = 1;

    /// <summary>The attempts before this one, the first first.</summary>
    public StepAttempt[] EarlierAttempts { get; set; } = [];

    /// <summary>The attempt that retries are counted from: the first, or the last that was forced.</summary>
    public int FirstAttempt { get; set; } = 1;

    /// <summary>When <see cref="FirstAttempt"/> was accepted, by the control plane's clock.</summary>
    public DateTimeOffset? FirstSubmittedAt { get; set; }

    /// <summary>How often it is tried again for which cause; null for never.</summary>
    public RetryPolicy? Retry { get; set; }

    /// <summary>In the entry that tells an attempt's failure: whether another attempt follows; null without a policy.</summary>
    public RetryVerdict? Verdict { get; set; }

    /// <summary>The digest of what was asked for: of the request, and of what the manifest adds to it.</summary>
    public string SpecDigest { get; set; } = "";

    /// <summary>The digest of each part of what was asked for, so that it can be said what differs.</summary>
    public SortedDictionary<string, string> SpecParts { get; set; } = new(StringComparer.Ordinal);

    /// <summary>What its owner tells it by.</summary>
    public SortedDictionary<string, string> Tags { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// In an entry <see cref="StepRunState.Submitting"/>: which submission may send the request, until another entry follows.
    /// </summary>
    public string? Claim { get; set; }

    /// <summary>In an entry <see cref="StepRunState.Submitting"/>: the process that submits.</summary>
    public RunOwner? Owner { get; set; }

    public string? Image { get; set; }

    /// <summary>
    /// In an entry <see cref="StepRunState.Stopped"/> or <see cref="StepRunState.Deleted"/>: which command suspended or deleted the
    /// workload when it was ended early; null when that was none of ours.
    /// </summary>
    public RunStop? StoppedBy { get; set; }

    /// <summary>The framework of a distributed step; null for any other.</summary>
    public string? DistributedFramework { get; set; }

    /// <summary>The replicas of a distributed step under the step runner, as far as it is known how they ended.</summary>
    public StepReplica[] Replicas { get; set; } = [];

    /// <summary>
    /// The name its artifact store has where it was submitted; null for a run without the step runner, which has neither log nor result
    /// there.
    /// </summary>
    public string? ArtifactStore { get; set; }

    public string? Url { get; set; }

    public DateTimeOffset? SubmittedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public TimeSpan? PendingTimeout { get; set; }

    public TimeSpan? WorkloadTimeout { get; set; }

    public TimeSpan? RunTimeout { get; set; }

    public TimeSpan? Deadline { get; set; }

    /// <summary>What it may use of GPUs; null for no limit.</summary>
    public RunGuards? Guards { get; set; }

    /// <summary>Whom its end is told to: references to secrets that hold addresses.</summary>
    public string[] Notify { get; set; } = [];

    public string Phase { get; set; } = "";

    public int Preemptions { get; set; }

    public int? ExitCode { get; set; }

    public long? PeakMemory { get; set; }

    /// <summary>True for a run whose outputs are an earlier run's.</summary>
    public bool IsCached { get; set; }

    /// <summary>The outputs of a run that succeeded, and what a script block gave.</summary>
    public Artifact[] Outputs { get; set; } = [];

    /// <summary>What of the outputs could not be kept.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>The key under which the outputs are found by the same step again; null for a step without a cache.</summary>
    public string? CacheKey { get; set; }

    /// <summary>Why it did not succeed, in the first words of its error.</summary>
    public string? Message { get; set; }

    /// <summary>The cause of it; null when it was not looked into.</summary>
    public DiagnosisCause? Cause { get; set; }

    /// <summary>An entry that says the same.</summary>
    public RunRecord Copy() => (RunRecord)MemberwiseClone();

    /// <summary>The endpoints its workload is found at.</summary>
    internal TrainingKind Kind => DistributedFramework is null ? TrainingKind.Standard : TrainingKind.Distributed;

    /// <summary>True when the run's workload came to an end that it does not come back from by itself.</summary>
    public bool IsOver => State is StepRunState.Succeeded or StepRunState.Failed or StepRunState.TimedOut or StepRunState.Deleted;

    /// <summary>True when the request was refused, so that the attempt never had a workload.</summary>
    public bool NeverStarted => State == StepRunState.Failed && WorkloadId is null;

    /// <summary>The workloads that the run has had.</summary>
    public IEnumerable<string> WorkloadIds =>
        EarlierAttempts.Select(earlierAttempt => earlierAttempt.WorkloadId).Append(WorkloadId).OfType<string>();

    /// <summary>Which attempt of the run a workload is; null when it is none.</summary>
    public int? AttemptOf(string workloadId) =>
        WorkloadId == workloadId
            ? Attempt
            : EarlierAttempts.FirstOrDefault(earlierAttempt => earlierAttempt.WorkloadId == workloadId)?.Attempt;

    /// <summary>True for a retry that has no workload yet, or whose request did not come through.</summary>
    internal bool IsRetryToStart =>
        WorkloadId is null && State is (StepRunState.Submitting or StepRunState.Failed)
        && EarlierAttempts.LastOrDefault() is { RetriedFor: not null };
}
