using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using RunAi.Emulator.Scheduling;

namespace RunAi.Emulator.State;

/// <summary>One training, distributed or not, with everything that happened to it. Touched under the gate only.</summary>
internal sealed class Workload
{
    public required Guid Id { get; init; }

    /// <summary>Order of creation; lists without a sort follow it.</summary>
    public long Sequence { get; set; }

    public WorkloadKind Kind { get; init; }

    public required string Name { get; init; }

    public required string RequestedName { get; init; }

    public required string ProjectId { get; init; }

    /// <summary>The effective spec: what was sent, with policy defaults merged and exclusions taken out.</summary>
    public required JsonObject Spec { get; init; }

    /// <summary>Whether a distributed training has a master beside its workers, whose spec is <see cref="Spec"/>.</summary>
    public bool HasMaster { get; init; }

    /// <summary>The master's own spec; null where it is the workers'.</summary>
    public JsonObject? MasterSpec { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string PriorityClass { get; init; }

    public required int Priority { get; init; }

    public required bool Preemptible { get; init; }

    public DesiredPhase DesiredPhase { get; set; } = DesiredPhase.Running;

    public Phase Phase { get; set; } = Phase.Creating;

    public string PhaseMessage { get; set; } = "";

    public DateTimeOffset PhaseUpdatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Time spent in Pending before the current phase.</summary>
    public TimeSpan PendingBefore { get; set; }

    /// <summary>Time spent in Running before the current phase.</summary>
    public TimeSpan RunningBefore { get; set; }

    public DateTimeOffset? GuaranteedRuntimeEndsAt { get; set; }

    /// <summary>The node pool it holds or last held.</summary>
    public string? CurrentNodePool { get; set; }

    /// <summary>Pods that ended well since the last start.</summary>
    public int Succeeded { get; set; }

    /// <summary>Pods that failed since the last start.</summary>
    public int Failures { get; set; }

    public List<Pod> Pods { get; init; } = [];

    public List<WorkloadEvent> Events { get; init; } = [];

    public List<HistoryRecord> History { get; init; } = [];

    [JsonIgnore]
    public ResourceRequest Request { get => field ??= ResourceRequest.From(Spec, HasMaster ? MasterSpec ?? Spec : null); set; }

    /// <summary>The queue it waits in, while it waits.</summary>
    [JsonIgnore]
    public PendingQueue? Queue { get; set; }

    /// <summary>Grows with each change of plan, so that what was planned before is dropped.</summary>
    [JsonIgnore]
    public int Plan { get; set; }

    /// <summary>Told whenever a pod of a leaving workload is gone.</summary>
    [JsonIgnore]
    public Action? PodGone { get; set; }

    /// <summary>The ports of this machine at which the replicas of the current start may listen, the first one's first.</summary>
    [JsonIgnore]
    public Lazy<IReadOnlyList<int>>? Ports { get; set; }

    /// <summary>MPI, PyTorch, TF, XGBoost or JAX; null for what is not distributed.</summary>
    [JsonIgnore]
    public string? Framework => Kind == WorkloadKind.Distributed ? (string?)Spec["distributedFramework"] : null;

    [JsonIgnore]
    public bool IsFinished => Phase is Phase.Completed or Phase.Failed;

    [JsonIgnore]
    public IEnumerable<Pod> LivePods => Pods.Where(pod => pod.HoldsResources);

    /// <summary>The spec that a pod runs by.</summary>
    public JsonObject SpecOf(Pod pod) => pod.Role is PodRole.Master or PodRole.Launcher ? MasterSpec ?? Spec : Spec;
}
