using RunAi.RunManifest;

namespace RunAi.StepRunner.Tests;

/// <summary>A store that is a shared folder: addresses are paths.</summary>
public sealed class FolderStoreTests
{
    public static TheoryData<string> All => Runners.All;

    [Theory, MemberData(nameof(All))]
    public async Task Run_AddressesArePaths_BringsAndStoresAll(string runner)
    {
        await using var run = await Scenario.InFolderAsync(
            runner, "cp -r {{inputs.folder}} {{outputs.model}}; cat {{inputs.file}} > {{outputs.model}}/f; ls {{checkpoint}}; echo "
                + "$RUNAI_START > {{checkpoint}}/n; [ $RUNAI_START = 2 ]");
        run.AddInput("folder", Tar.Of(Tar.File("a", "content")), fileName: null, parts: 2);
        run.AddInput("file", [1, 2, 3], "d.bin", parts: 3);
        run.AddOutput("model", partSize: 1024, parts: 20);
        run.AddCheckpoint();
        var process = await run.RunAsync();
        Assert.Equal((1, "", RunOutcome.Failed), (process.ExitCode, process.Output, run.Result.Outcome));
        Directory.Delete(run.Home, recursive: true);

        process = await run.RunAsync();
        Assert.Equal((0, "n\n", ""), (process.ExitCode, process.Output, process.Errors));
        Assert.Equal((RunOutcome.Succeeded, 2), (run.Result.Outcome, run.Result.Start));
        Assert.Equal(["a", "f"], Tar.Extract(run.Published("model"), run.Temporary["model"]));
        Assert.Contains(run.Log(), l => l is { Stream: "stdout", Text: "n" });
        Assert.DoesNotContain(run.Store.Objects.Keys, k => k.EndsWith(".partial", StringComparison.Ordinal));
        Assert.Empty(run.Store.Requests);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_AddressIsAFileUrl_IsThePath(string runner)
    {
        await using var run = await Scenario.InFolderAsync(runner, "exit 3");
        run.Environment["RUNAI_MANIFEST"] = new Uri(run.Address("manifest")).AbsoluteUri;
        run.Manifest.Result.Put = new Uri(run.Address("the result")).AbsoluteUri;
        Assert.Equal(3, (await run.RunAsync()).ExitCode);
        Assert.Equal(RunOutcome.Failed, Scenario.Read<RunResult>(run.Store.Objects["the result"]).Outcome);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Fetch_FileIsMissing_Is66(string runner)
    {
        await using var run = await Scenario.InFolderAsync(runner, "echo never");
        run.AddInput("data", [1], "d");
        run.Store.Objects.Clear();
        var process = await run.RunAsync();
        Assert.Equal((66, "", RunOutcome.InputFailed), (process.ExitCode, process.Output, run.Result.Outcome));
        Assert.Contains($"There is no {run.Address("inputs/data/0")}", run.Result.Message, StringComparison.Ordinal);
    }
}
