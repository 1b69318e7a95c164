namespace RunAi.Emulator.Metrics;

/// <summary>What a pod uses at one moment: percent and bytes of each of its GPU devices, cores, and bytes of main memory.</summary>
internal readonly record struct PodUsage(decimal GpuUtilization, decimal GpuMemory, decimal Cpu, decimal Memory);
