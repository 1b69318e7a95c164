namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// An emulator that nobody else takes GPUs of: 4 GPUs with a quota of 2 for the project, and a pool in which it has none.
/// </summary>
public sealed class QuietPlane : IDisposable
{
    public EmulatedControlPlane Plane { get; } = EmulatedControlPlane.WithSeed("{" + SmallWorld.Nodes + "}");

    public void Dispose() => Plane.Dispose();
}
