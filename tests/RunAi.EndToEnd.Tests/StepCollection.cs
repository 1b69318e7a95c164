using RunAi.EndToEnd.Tests.Steps;

namespace RunAi.EndToEnd.Tests;

/// <summary>
/// What whole steps run on. Their tests kill some of it, and so run one after another, beside those of other collections.
/// </summary>
[CollectionDefinition(Name)]
public sealed class StepCollection : ICollectionFixture<AzuriteServer>, ICollectionFixture<CephServer>, ICollectionFixture<StepPeers>
{
    public const string Name = "Steps";
}
