namespace RunAi.ControlPlane.Wire;

/// <summary>What a workload or pod holds (<c>WorkloadAllocatedResources</c>, <c>AllocatedResources</c>).</summary>
internal sealed class AllocatedResourcesRecord
{
    public double? Gpu { get; set; }

    public string? GpuMemory { get; set; }

    public double? Cpu { get; set; }

    public string? CpuMemory { get; set; }
}
