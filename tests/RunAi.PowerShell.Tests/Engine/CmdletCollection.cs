namespace RunAi.PowerShell.Tests.Engine;

/// <summary>Tests that share one emulator and the process's environment, and so run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class CmdletCollection : ICollectionFixture<EmulatedControlPlane>
{
    public const string Name = "Cmdlets";
}
