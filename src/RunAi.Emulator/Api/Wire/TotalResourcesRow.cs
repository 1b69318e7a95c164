namespace RunAi.Emulator.Api.Wire;

/// <summary>Schema TotalResources: GPUs, millicores, MB.</summary>
internal sealed record TotalResourcesRow(decimal GpuQuota, decimal? CpuQuota, decimal? MemoryQuota);
