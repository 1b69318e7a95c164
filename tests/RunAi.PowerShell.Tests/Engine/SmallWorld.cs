namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// Fewer and smaller GPUs than the emulator has without a seed, so that tests can fill them: 4 of 16 GiB in the project's pool.
/// </summary>
internal static class SmallWorld
{
    /// <summary>The nodes as a member of a seed file.</summary>
    public const string Nodes = """
        "nodes": [
          { "name": "cpu-1", "cpuCores": 64, "memory": "256Gi", "nodeType": "cpu" },
          { "name": "t4-1", "gpuCount": 4, "gpuType": "Tesla-T4", "gpuMemory": "16Gi", "cpuCores": 32, "memory": "128Gi", "nodeType": "t4" },
          { "name": "a100-1", "nodePool": "a100", "gpuCount": 8, "gpuType": "NVIDIA-A100-SXM4-40GB", "gpuMemory": "40Gi", "cpuCores": 96, "memory": "768Gi", "nodeType": "a100" }
        ]
        """;
}
