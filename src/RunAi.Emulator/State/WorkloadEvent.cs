namespace RunAi.Emulator.State;

/// <summary>A Kubernetes event about a workload or one of its pods.</summary>
internal sealed record WorkloadEvent
{
    public required Guid Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Normal or Warning.</summary>
    public required string Type { get; init; }

    public required string Reason { get; init; }

    public required string Message { get; init; }

    /// <summary>The component that would say so in a cluster: kubelet, runai-scheduler ...</summary>
    public required string Source { get; init; }

    /// <summary>The pod it is about; the workload itself when absent.</summary>
    public Guid? PodId { get; init; }

    public string? PodName { get; init; }
}
