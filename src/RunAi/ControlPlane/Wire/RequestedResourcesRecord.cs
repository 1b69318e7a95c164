namespace RunAi.ControlPlane.Wire;

/// <summary>What a workload or pod asks for (<c>WorkloadRequestResources</c>, <c>PodRequestResources</c>).</summary>
internal sealed class RequestedResourcesRecord
{
    public string? GpuRequestType { get; set; }

    public Cores? Gpu { get; set; }

    public Quantity? GpuMemory { get; set; }

    public Cores? Cpu { get; set; }

    public Quantity? CpuMemory { get; set; }

    /// <summary>A request and limit in cores or GPUs (<c>RequestResourceCores</c>).</summary>
    internal sealed class Cores
    {
        public double? Request { get; set; }

        public double? Limit { get; set; }
    }

    /// <summary>A request and limit as Kubernetes quantities (<c>RequestResourceQuantity</c>).</summary>
    internal sealed class Quantity
    {
        public string? Request { get; set; }

        public string? Limit { get; set; }
    }
}
