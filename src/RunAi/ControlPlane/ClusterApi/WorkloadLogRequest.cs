namespace RunAi.ControlPlane;

/// <summary>Which log of a workload is asked for at its cluster. The API names workloads by project, type and name, not by id.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="Type">The workload's type, as the control plane lists it.</param>
/// <param name="Framework">The framework of a distributed training; null for others.</param>
/// <param name="Workload">The workload's name.</param>
internal sealed record WorkloadLogRequest(string Project, string Type, string? Framework, string Workload)
{
    /// <summary>The pod by its name; null for the one that the cluster chooses.</summary>
    public string? Pod { get; init; }

    /// <summary>The container of the pod; null for the one that the cluster chooses.</summary>
    public string? Container { get; init; }

    /// <summary>True for the container's instance before this one.</summary>
    public bool Previous { get; init; }

    /// <summary>True to have each line begin with the time at which it was written.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Only lines of this last while; null for all.</summary>
    public TimeSpan? Since { get; init; }
}
