namespace RunAi.Emulator.Scheduling;

/// <summary>What an organisation unit holds of one node pool: GPUs, cores and bytes.</summary>
internal readonly record struct Usage(decimal Gpu, decimal Cpu, decimal Memory)
{
    public static Usage operator +(Usage a, Usage b) => new(a.Gpu + b.Gpu, a.Cpu + b.Cpu, a.Memory + b.Memory);

    public static Usage operator -(Usage a, Usage b) => new(a.Gpu - b.Gpu, a.Cpu - b.Cpu, a.Memory - b.Memory);

    public static Usage Of(Placement placement) => new(placement.Gpu, placement.Cpu, placement.Memory);
}
