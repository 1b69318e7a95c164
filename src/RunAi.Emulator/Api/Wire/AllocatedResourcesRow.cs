namespace RunAi.Emulator.Api.Wire;

/// <summary>Schemas WorkloadAllocatedResources and AllocatedResources.</summary>
internal sealed record AllocatedResourcesRow(decimal Gpu, string? GpuMemory, decimal Cpu, string CpuMemory);
