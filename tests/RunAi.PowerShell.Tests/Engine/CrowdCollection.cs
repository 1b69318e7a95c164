namespace RunAi.PowerShell.Tests.Engine;

/// <summary>
/// Tests on an organisation with more of everything than fits on a page. They share one emulator, and so run one after another, beside
/// those of other collections.
/// </summary>
[CollectionDefinition(Name)]
public sealed class CrowdCollection : ICollectionFixture<CrowdedPlane>
{
    public const string Name = "Crowd";
}
