using System.Text.Json.Serialization;
using RunAi.Emulator.Scheduling;

namespace RunAi.Emulator.State;

/// <summary>One pod of a workload. It holds its placement until it has ended.</summary>
internal sealed class Pod
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required Guid WorkloadId { get; init; }

    /// <summary>What it is in a distributed training; null in others.</summary>
    public PodRole? Role { get; init; }

    /// <summary>Its number among the pods of its role.</summary>
    public int Index { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required Placement Placement { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Pending, Running, Succeeded or Failed, as Kubernetes calls them.</summary>
    public string K8sPhase { get; set; } = "Pending";

    public DateTimeOffset K8sPhaseUpdatedAt { get; set; }

    public int? ExitCode { get; set; }

    /// <summary>It was told to end and has not ended yet.</summary>
    public bool Stopping { get; set; }

    /// <summary>Its node was lost under it.</summary>
    public bool Lost { get; set; }

    public bool HoldsResources { get; set; } = true;

    [JsonIgnore]
    public bool IsStarted => StartedAt is not null && CompletedAt is null;
}
