namespace RunAi.ControlPlane.Wire;

/// <summary>What a workload or pod asks for (<c>WorkloadRequestResources</c>, <c>PodRequestResources</c>).</summary>
internal sealed class RequestedResourcesRecord
{
    public string? GpuRequestType { get; set; }

    public CoresRecord? Gpu { get; set; }

    public QuantityRecord? GpuMemory { get; set; }

    public CoresRecord? Cpu { get; set; }

    public QuantityRecord? CpuMemory { get; set; }
}
