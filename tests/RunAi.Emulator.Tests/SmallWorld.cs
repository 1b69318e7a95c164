using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.Tests;

/// <summary>
/// The default departments, projects and pools on fewer and smaller GPUs than anybody would start with, so that tests fill them.
/// </summary>
internal static class SmallWorld
{
    public static Seed Create() => DefaultSeed.Create() with
    {
        Nodes =
        [
            new() { Name = "cpu-1", CpuCores = 64, Memory = "256Gi", NodeType = "cpu" },
            new()
            {
                Name = "t4-1",
                GpuCount = 4,
                GpuType = "Tesla-T4",
                GpuMemory = "16Gi",
                CpuCores = 32,
                Memory = "128Gi",
                NodeType = "t4",
            },
            new()
            {
                Name = "a100-1",
                NodePool = "a100",
                GpuCount = 8,
                GpuType = "NVIDIA-A100-SXM4-40GB",
                GpuMemory = "40Gi",
                CpuCores = 96,
                Memory = "768Gi",
                NodeType = "a100",
            },
        ],
    };
}
