namespace RunAi.PowerShell.Tests.Engine;

/// <summary>An emulator whose metrics are known numbers; of workloads named lossy, one series is lost.</summary>
public sealed class MeasuredPlane : IDisposable
{
    public EmulatedControlPlane Plane { get; } = EmulatedControlPlane.WithSeed($$"""
        {
          {{SmallWorld.Nodes}},
          "timetable": {
            "outcomes": [
              { "name": "runai-lossy-*", "usage": { "gpuUtilization": 40, "cpuCores": 1.5, "memory": "1Gi", "missing": ["GPU_MEMORY_USAGE_BYTES"] } },
              { "usage": { "gpuUtilization": 40, "gpuMemory": "4Gi", "cpuCores": 1.5, "memory": "1Gi" } }
            ]
          }
        }
        """);

    public void Dispose() => Plane.Dispose();
}
