using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>What a newcomer runs first.</summary>
public sealed class QuickstartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runai-story-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Story_TellsTheWholeJobAndLeavesNothing()
    {
        var configuration = Path.Combine(_folder, "runai.json");

        var lines = await Quickstart.RunAsync(configuration);

        // The live log, the report that was saved, the image that is there, the cache, the next step, the failure.
        Assert.Contains("accuracy  0.978 (44 of 45)", lines);
        Assert.Matches(@"^oci:\S+@sha256:[0-9a-f]{64} +[1-9][0-9,]* B +0 B$", lines.Single(line => line.StartsWith("oci:", StringComparison.Ordinal)));
        Assert.Contains("Taken from the cache: True", lines);
        Assert.Contains(lines, line => line.EndsWith("6.3,3.3,6.0,2.5 is virginica", StringComparison.Ordinal));
        Assert.Contains("exit code  2", lines);
        Assert.Contains("train.sh: TEST_SHARE 1 holds back 50 of the 50 rows of setosa", lines);
        Assert.Equal("Accuracy on flowers it has not seen: 0.978", lines.Last(line => line.Length > 0));
        Assert.False(File.Exists(configuration), "The story wrote to the user's configuration.");
    }
}
