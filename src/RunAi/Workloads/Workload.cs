namespace RunAi;

/// <summary>
/// A Run:ai workload as the control plane last described it (the <c>Workload</c> and <c>WorkloadDetailed</c> schemas of
/// the Run:ai API). A snapshot: ask again to see it change.
/// </summary>
public sealed class Workload
{
    /// <summary>The workload's UUID (<c>id</c>).</summary>
    public string WorkloadId { get; set; } = "";

    /// <summary>The workload's name (<c>name</c>).</summary>
    public string Name { get; set; } = "";

    /// <summary>The name of the project it runs in (<c>projectName</c>).</summary>
    public string ProjectName { get; set; } = "";

    /// <summary>The id of the project it runs in (<c>projectId</c>).</summary>
    public string ProjectId { get; set; } = "";

    /// <summary>The UUID of the cluster it runs on (<c>clusterId</c>).</summary>
    public string ClusterId { get; set; } = "";

    /// <summary>The name of the cluster it runs on, when it is known: the API names it in the cluster list only.</summary>
    public string? ClusterName { get; set; }

    /// <summary>The workload's type (<c>type</c>), for example <c>Training</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>
    /// The phase (<c>phase</c>), in the control plane's own words; see <c>WorkloadPhases</c>. Empty when the control plane
    /// did not give one yet, and possibly a word this version does not know.
    /// </summary>
    public string Phase { get; set; } = "";

    /// <summary>Why the workload is in its phase, in the control plane's words (<c>phaseMessage</c>).</summary>
    public string? PhaseMessage { get; set; }

    /// <summary>Which quota rule keeps it waiting, for example <c>OverLimit</c> (<c>phaseReason</c>); null when none does.</summary>
    public string? PhaseReason { get; set; }

    /// <summary>When the phase last changed, by the server's clock (<c>phaseUpdatedAt</c>).</summary>
    public DateTimeOffset? PhaseUpdatedAt { get; set; }

    /// <summary>Why the scheduler does not place it, one line for each node pool (<c>pendingSchedulingMessages</c>).</summary>
    public IReadOnlyList<string> PendingReasons { get; set; } = [];

    /// <summary>The GPUs asked for: a sum of devices and portions (<c>workloadRequestedResources.gpu.request</c>).</summary>
    public double? GpuRequested { get; set; }

    /// <summary>The GPUs held now: a sum of devices and portions (<c>allocatedResources.gpu</c>).</summary>
    public double? GpuAllocated { get; set; }

    /// <summary>The node pools it runs in, or asks for while it does not run, joined by commas.</summary>
    public string? NodePool { get; set; }

    /// <summary>When it was created, by the server's clock (<c>createdAt</c>).</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When it ended, by the server's clock (<c>completedAt</c>).</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>The time it has spent running since its submission (<c>totalRunningTimeSeconds</c>).</summary>
    public TimeSpan? RunningTime { get; set; }

    /// <summary>The time it has spent pending since its submission (<c>totalPendingTimeSeconds</c>).</summary>
    public TimeSpan? PendingTime { get; set; }

    /// <summary>The container image (<c>images</c>, the first).</summary>
    public string? Image { get; set; }

    /// <summary>The step operator through which it was seen.</summary>
    public string? StepOperator { get; set; }

    /// <summary>Where the workload is seen in the control plane's user interface.</summary>
    public string? Url { get; set; }

    /// <summary>The workload's name and phase.</summary>
    /// <returns>For example <c>runai-train-4g7c2h9k (Running)</c>.</returns>
    public override string ToString() => $"{Name} ({Phase})";
}
