namespace RunAi.PowerShell.Tests.Engine;

/// <summary>The organisation that a user of the emulator starts with.</summary>
public sealed class DefaultOrganisation : IDisposable
{
    public EmulatedControlPlane Plane { get; } = EmulatedControlPlane.Simulated();

    public void Dispose() => Plane.Dispose();
}
