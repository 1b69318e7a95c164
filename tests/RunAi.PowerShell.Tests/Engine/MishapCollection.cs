namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// Tests of workloads that come to grief. They share one emulator, and so run one after another, beside those of other collections.
/// </summary>
[CollectionDefinition(Name)]
public sealed class MishapCollection : ICollectionFixture<MishapPlane>
{
    public const string Name = "Mishaps";
}
