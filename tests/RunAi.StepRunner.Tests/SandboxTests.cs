using RunAi.RunManifest;

namespace RunAi.StepRunner.Tests;

/// <summary>The static runner in roots that hold next to nothing, as a user that owns nothing.</summary>
public sealed class SandboxTests
{
    private const string Static = "linux-x64";

    [SkippableFact]
    public async Task Run_RootIsEmpty_NeedsNothingOfIt()
    {
        await using var run = await CreateAsync(Sandbox.Runner, "--version");
        run.Sandbox = Sandbox.Empty(run.Temporary);
        var process = await run.RunAsync();
        Assert.Equal((0, "", RunOutcome.Succeeded), (process.ExitCode, process.Errors, run.Result.Outcome));
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", process.Output);
        Assert.Contains(run.Log(), l => l.Stream == "stdout" && l.Text == process.Output.Trim());
    }

    [SkippableFact]
    public async Task Run_RootIsEmpty_FindsTheStoreByItsName()
    {
        await using var run = await CreateAsync(Sandbox.Runner, "--version");
        run.Sandbox = Sandbox.Empty(run.Temporary);
        run.Manifest.Result.Put = run.Manifest.Result.Put!.Replace("127.0.0.1", Sandbox.StoreName, StringComparison.Ordinal);
        await run.RunAsync();
        Assert.Equal(RunOutcome.Succeeded, run.Result.Outcome);
    }

    [SkippableFact]
    public async Task Run_StoreHasNoSuchName_SaysSo()
    {
        await using var run = await CreateAsync(Sandbox.Runner, "--version");
        run.Sandbox = Sandbox.Empty(run.Temporary);
        run.Environment["RUNAI_MANIFEST"] = "http://nowhere.test/manifest";
        run.Environment["RUNAI_STORE_PATIENCE"] = "0.1";
        var process = await run.RunAsync();
        Assert.Equal(69, process.ExitCode);
        Assert.Contains(
            "http://nowhere.test/manifest cannot be reached: the server's name cannot be resolved", process.Errors,
            StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_OneFolderCanBeWrittenTo_DoesAllOfItsWorkThere()
    {
        await using var run = await CreateAsync(
            "/bin/sh", "-c", "cat {{inputs.data}}/a >> {{outputs.model}}/b; echo $RUNAI_START > {{checkpoint}}/n; id -u; echo "
                + "$RUNAI_CHECKPOINT; touch /x || exit 3");
        run.Sandbox = Sandbox.Empty(run.Temporary).WithShell().WithDisk("/work", 16 << 20).ReadOnly();
        run.Environment.Remove("RUNAI_HOME");
        run.Environment["TMPDIR"] = "/work";
        run.AddInput("data", Tar.Of(Tar.File("a", "content")), fileName: null);
        run.AddOutput("model");
        run.AddCheckpoint();
        run.Manifest.Command[2] = "mkdir {{outputs.model}}; " + run.Manifest.Command[2];
        var process = await run.RunAsync();
        Assert.Equal((3, "12345\n/work/runai/checkpoint\n"), (process.ExitCode, process.Output));
        Assert.Contains("Read-only file system", process.Errors, StringComparison.Ordinal);
        var head = Scenario.Read<CheckpointHead>(run.Store.Objects["checkpoint/head"]);
        Assert.Equal(["n"], Tar.Extract(run.Store.Objects[$"checkpoint/{head.Slot}/0"], run.Temporary["checkpoint"]));

        run.Manifest.Command[2] = run.Manifest.Command[2].Replace("touch /x || exit 3", "true", StringComparison.Ordinal);
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Equal(["b"], Tar.Extract(run.Published("model"), run.Temporary["model"]));
        Assert.Equal("content", await File.ReadAllTextAsync(Path.Combine(run.Temporary["model"], "b")));
    }

    [SkippableFact]
    public async Task Run_NothingCanBeWrittenTo_Is73AndSaysWhatToDo()
    {
        await using var run = await CreateAsync(Sandbox.Runner, "--version");
        run.Sandbox = Sandbox.Empty(run.Temporary).ReadOnly();
        run.Environment.Remove("RUNAI_HOME");
        run.Environment["TMPDIR"] = "/mine";
        var process = await run.RunAsync();
        Assert.Equal((73, RunOutcome.NotStarted), (process.ExitCode, run.Result.Outcome));
        Assert.Contains("None of the folders /runai, /mine/runai, /tmp/runai, ", process.Errors, StringComparison.Ordinal);
        Assert.Contains("name it with RUNAI_HOME", run.Result.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Fetch_DiskIsFull_Is66AndSaysSo()
    {
        await using var run = await CreateAsync(Sandbox.Runner, "--version");
        run.Sandbox = Sandbox.Empty(run.Temporary).WithDisk("/runai", 1 << 20);
        run.Environment["RUNAI_HOME"] = "/runai";
        run.AddInput("data", new byte[3 << 20], "data");
        Assert.Equal(66, (await run.RunAsync()).ExitCode);
        Assert.Equal(RunOutcome.InputFailed, run.Result.Outcome);
        Assert.Contains("The input data could not be fetched: no space left on the device", run.Result.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_CommandFillsTheDisk_ItsExitCodeAndLogAreKept()
    {
        await using var run = await CreateAsync("/bin/sh", "-c", "head -c 3000000 /dev/zero > {{outputs.model}} || exit 9");
        run.Sandbox = Sandbox.Empty(run.Temporary).WithShell().WithDisk("/runai", 1 << 20);
        run.Environment["RUNAI_HOME"] = "/runai";
        run.AddOutput("model");
        run.AddCheckpoint();
        Assert.Equal(9, (await run.RunAsync()).ExitCode);
        Assert.Equal((RunOutcome.Failed, 9), (run.Result.Outcome, run.Result.ExitCode));
        Assert.Contains(run.Log(), l => l.Stream == "stderr");
    }

    [SkippableFact]
    public async Task Tls_BundleBesideTheRunner_IsTrustedWhereTheImageHasNone()
    {
        using var authority = new TestAuthority();
        await using var run = await Scenario.CreateAsync(Static, authority.Store, Sandbox.Runner, "--version");
        await File.WriteAllTextAsync(run.Temporary["bundle.pem"], authority.Bundle);
        run.Sandbox = Sandbox.Empty(run.Temporary, certificates: run.Temporary["bundle.pem"]);
        Prepare(run);
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Equal(RunOutcome.Succeeded, run.Result.Outcome);
    }

    private static async Task<Scenario> CreateAsync(params string[] command)
    {
        var run = await Scenario.CreateAsync(Static, command);
        Prepare(run);
        return run;
    }

    /// <summary>A home that is there in any sandbox that can be written to.</summary>
    private static void Prepare(Scenario run) => run.Environment["RUNAI_HOME"] = "/home";
}
