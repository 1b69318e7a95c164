namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// Tests that submit workloads without a stack and wait for them. They share one emulator, and so run one after another, beside those of
/// other collections.
/// </summary>
[CollectionDefinition(Name)]
public sealed class WorkloadCollection : ICollectionFixture<EmulatedControlPlane>
{
    public const string Name = "Workloads";
}
