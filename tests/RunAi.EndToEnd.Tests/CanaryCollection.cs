using RunAi.EndToEnd.Tests.Canary;

namespace RunAi.EndToEnd.Tests;

/// <summary>
/// The servers of the canary. Its tests look at all that these wrote, and so run one after another, beside those of other collections.
/// </summary>
[CollectionDefinition(Name)]
public sealed class CanaryCollection : ICollectionFixture<AzuriteServer>, ICollectionFixture<CephServer>, ICollectionFixture<CanaryServers>
{
    public const string Name = "Canary";
}
