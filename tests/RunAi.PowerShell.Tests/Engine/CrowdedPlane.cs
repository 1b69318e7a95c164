namespace RunAi.PowerShell.Tests.Engine;

/// <summary>An emulator with more nodes, node pools and projects than fit on a page.</summary>
public sealed class CrowdedPlane : IDisposable
{
    public const int Nodes = 1203;

    public EmulatedControlPlane Plane { get; } = EmulatedControlPlane.WithSeed($$"""
        {
          "clusters": [{ "uuid": "71f69d83-ba66-4822-adf5-55ce55efd210", "name": "local" }],
          "departments": [{ "id": "53a9228e-a722-420d-a102-9dc90da2efca", "name": "research" }],
          "nodePools": [{ "name": "default" }, { "name": "a100" }, { "name": "a100-mig" }],
          "projects": [
            { "name": "demo", "quota": [{ "nodePool": "default", "gpu": 2, "cpuCores": 8, "memoryMb": 16000 }, { "nodePool": "a100", "gpu": 0.5, "limit": 4 }] },
            { "name": "vision-and-speech-research", "description": "Shared.", "quota": [{ "nodePool": "a100", "gpu": 4 }] },
            { "name": "idle" }
          ],
          "nodes": [
            {{string.Join(",", Enumerable.Range(0, Nodes - 2).Select(i => $$"""{ "name": "cpu-{{i:D4}}" }"""))}},
            { "name": "gpu-1", "nodePool": "a100", "gpuCount": 8, "gpuType": "NVIDIA-A100-SXM4-40GB", "gpuMemory": "40Gi" },
            { "name": "gpu-2", "nodePool": "a100", "gpuCount": 8, "gpuType": "NVIDIA-A100-SXM4-40GB", "gpuMemory": "40Gi", "status": "NotReady", "taints": [{ "key": "k", "effect": "NoSchedule" }] }
          ]
        }
        """);

    public void Dispose() => Plane.Dispose();
}
