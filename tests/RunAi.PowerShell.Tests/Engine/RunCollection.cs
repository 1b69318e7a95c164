namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// Tests that submit runs with a stack and let the emulator really run them. They share one emulator, and so run one after another, beside
/// those of other collections.
/// </summary>
[CollectionDefinition(Name)]
public sealed class RunCollection : ICollectionFixture<EmulatedControlPlane>
{
    public const string Name = "Runs";
}
