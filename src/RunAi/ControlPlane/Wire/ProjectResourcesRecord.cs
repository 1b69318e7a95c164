namespace RunAi.ControlPlane.Wire;

/// <summary>A project's quota in one node pool (<c>Resources</c>).</summary>
internal sealed class ProjectResourcesRecord
{
    public NodePoolRef? NodePool { get; set; }

    public QuotaRecord? Gpu { get; set; }

    public QuotaRecord? Cpu { get; set; }

    public MemoryQuotaRecord? Memory { get; set; }

    public string? Priority { get; set; }
}
