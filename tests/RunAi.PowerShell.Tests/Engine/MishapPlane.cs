namespace RunAi.PowerShell.Tests.Engine;

/// <summary>An emulator that nobody else takes GPUs of, where workloads with certain images, or names, come to grief.</summary>
public sealed class MishapPlane : IDisposable
{
    public EmulatedControlPlane Plane { get; } = EmulatedControlPlane.WithSeed($$"""
        {
          {{SmallWorld.Nodes}},
          "timetable": {
            "outcomes": [
              { "name": "runai-lost-????????", "nodeLostAfterSeconds": 1 },
              { "image": "absent/*", "imagePullFails": true },
              { "image": "lost-volume/*", "mountFails": "data" },
              { "image": "greedy/*", "outOfMemory": true },
              { "image": "shaky/*", "nodeLostAfterSeconds": 0.2 }
            ]
          }
        }
        """);

    public void Dispose() => Plane.Dispose();
}
