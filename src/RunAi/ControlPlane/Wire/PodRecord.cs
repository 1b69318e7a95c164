namespace RunAi.ControlPlane.Wire;

/// <summary>A pod of a workload (<c>Pod1</c>). The API tells neither exit code nor restarts.</summary>
internal sealed class PodRecord
{
    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string WorkloadId { get; set; } = "";

    public string? NodeName { get; set; }

    public string? CurrentNodePool { get; set; }

    public string K8sPhase { get; set; } = "";

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public IReadOnlyList<Container> Containers { get; set; } = [];

    public RequestedResourcesRecord? RequestedResources { get; set; }

    public AllocatedResourcesRecord? AllocatedResources { get; set; }

    /// <summary>A container of a pod (<c>Container1</c>).</summary>
    internal sealed class Container
    {
        public string Name { get; set; } = "";

        public string? Image { get; set; }

        public DateTimeOffset? StartedAt { get; set; }
    }
}
