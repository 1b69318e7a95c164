using RunAi.Editions;

namespace RunAi.Tests;

/// <summary>
/// The edition for Windows PowerShell 5.1 held against the one for PowerShell 7: the same input, byte for byte the same results.
/// </summary>
public sealed class EditionTests : IClassFixture<EditionPair>
{
    private const int MostOtherwiseCompressed = 2;

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
        Assert.Equal(_pair.Core.Folders.Select(Uncompressed), _pair.Desktop.Folders.Select(Uncompressed));

        // On Mono, the compressor gives other bytes now and then, which say the same.
        Assert.InRange(_pair.Core.Folders.Except(_pair.Desktop.Folders).Count(), 0, MostOtherwiseCompressed);
    }

    [Fact]
    public void ArtifactsOfPowerShell7_AreSavedHere() => AllAreWhole(_pair.Core.Saved);

    [Fact]
    public void ArtifactsOfThisEdition_AreSavedByPowerShell7() => AllAreWhole(_pair.Desktop.Saved);

    /// <summary>A line without the digest of the compressed layer.</summary>
    private static string Uncompressed(string line)
    {
        var parts = line.Split('\t');
        return string.Join("\t", parts[0], parts[1], parts[3], parts[4]);
    }

    private static void AllAreWhole(IReadOnlyList<string> lines)
    {
        Assert.Equal(2 * FolderSamples.Count, lines.Count);
        Assert.All(lines.Select(line => line.Split('\t')), parts => Assert.Equal(parts[1], parts[2]));
    }
}
