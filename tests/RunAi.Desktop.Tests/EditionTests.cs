using RunAi.Editions;

namespace RunAi.Tests;

/// <summary>
/// The edition for Windows PowerShell 5.1 held against the one for PowerShell 7: the same input, byte for byte the same results.
/// </summary>
public sealed class EditionTests : IClassFixture<EditionPair>
{
    private readonly EditionPair _pair;

    public EditionTests(EditionPair pair) => _pair = pair;

    [Fact]
    public void FiveHundredSteps_HaveTheSameRequestsDigestsAndCacheKeys()
    {
        Assert.Equal(StepSamples.Count, _pair.Desktop.Steps.Count);
        Assert.Equal(_pair.Core.Steps, _pair.Desktop.Steps);
        Assert.Equal(StepSamples.Count, _pair.Core.Steps.Select(line => line.Split('\t')[1]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Json_IsReadAndWrittenTheSame()
    {
        Assert.Equal(5, _pair.Desktop.Json.Count);
        Assert.Equal(_pair.Core.Json, _pair.Desktop.Json);
    }

    [Fact]
    public void Folders_BecomeTheSameLayersAndArtifacts()
    {
        Assert.Equal(FolderSamples.Count, _pair.Desktop.Folders.Count);
        Assert.Equal(_pair.Core.Folders, _pair.Desktop.Folders);
    }

    [Fact]
    public void ArtifactsOfPowerShell7_AreSavedHere() => AllAreWhole(_pair.Core.Saved);

    [Fact]
    public void ArtifactsOfThisEdition_AreSavedByPowerShell7() => AllAreWhole(_pair.Desktop.Saved);

    private static void AllAreWhole(IReadOnlyList<string> lines)
    {
        Assert.Equal(2 * FolderSamples.Count, lines.Count);
        Assert.All(lines.Select(line => line.Split('\t')), parts => Assert.Equal(parts[1], parts[2]));
    }
}
