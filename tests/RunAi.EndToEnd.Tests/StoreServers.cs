namespace RunAi.EndToEnd.Tests;

/// <summary>The servers that tests of artifact stores share.</summary>
[CollectionDefinition(Name)]
public sealed class StoreServers : ICollectionFixture<AzuriteServer>, ICollectionFixture<CephServer>
{
    public const string Name = "Store servers";
}
