using RunAi.RunManifest;

namespace RunAi.StepRunner.Tests;

public sealed class CheckpointTests
{
    public static TheoryData<string> All => Runners.All;

    [Theory, MemberData(nameof(All))]
    public async Task Checkpoint_FolderChangedAndStandsStill_IsSavedWhileTheCommandRuns(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "echo 1 > {{checkpoint}}/epoch; while [ ! -e go ]; do sleep 0.05; done");
        run.AddCheckpoint();
        var process = run.Start();
        await run.Store.UntilAsync(() => run.Store.Objects.ContainsKey("checkpoint/head"));
        await File.WriteAllTextAsync(Path.Combine(run.Folder, "go"), "");
        await process.EndAsync();
        var head = Scenario.Read<CheckpointHead>(run.Store.Objects["checkpoint/head"]);
        Assert.Equal(Scenario.DigestOf(run.Store.Objects[$"checkpoint/{head.Slot}/0"]), head.Digest);
        Assert.Equal(["epoch"], Tar.Extract(run.Store.Objects[$"checkpoint/{head.Slot}/0"], Path.Combine(run.Folder, "unpacked")));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Checkpoint_LaterStarts_GoOnFromTheNewestInTurns(string runner)
    {
        await using var run = await CountingAsync(runner);
        Assert.Equal(["none\n", "1\n", "2\n"], await RunThreeAsync(run));
        var head = Scenario.Read<CheckpointHead>(run.Store.Objects["checkpoint/head"]);
        Assert.Equal((0, 1), (head.Slot, head.Previous?.Slot));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Checkpoint_NewestIsDamaged_TakesTheOneBeforeAndWarns(string runner)
    {
        await using var run = await CountingAsync(runner);
        await RunThreeAsync(run);
        run.Store.Objects["checkpoint/0/0"][600] ^= 1;
        Directory.Delete(run.Home, recursive: true);
        var process = await run.RunAsync();
        Assert.Equal("2\n", process.Output);
        Assert.Contains("slot 0 is not usable", process.Errors, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Checkpoint_BothAreDamaged_StartsWithoutAndWarns(string runner)
    {
        await using var run = await CountingAsync(runner);
        await RunThreeAsync(run);
        run.Store.Objects["checkpoint/0/0"][600] ^= 1;
        run.Store.Objects["checkpoint/1/0"] = [];
        Directory.Delete(run.Home, recursive: true);
        var process = await run.RunAsync();
        Assert.Equal("none\n", process.Output);
        Assert.Contains("starts without one", process.Errors, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Checkpoint_Terminated_SavesWhatTheCommandLeft(string runner)
    {
        await using var run = await Scenario.ShellAsync(
            runner, "trap 'echo late > $RUNAI_CHECKPOINT/c; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        run.AddCheckpoint();
        run.Environment["RUNAI_CHECKPOINT_INTERVAL"] = "1000";
        var process = run.Start();
        await run.Store.UntilAsync(() => run.Log().Any(l => l.Text == "ready"));
        process.Signal(RunnerProcess.SigTerm);
        await process.EndAsync();
        run.Manifest.Command = ["cat", "{{checkpoint}}/c"];
        Directory.Delete(run.Home, recursive: true);
        Assert.Equal(("late\n", 2), ((await run.RunAsync()).Output, run.Result.Start));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Checkpoint_StoreIsAwayOnRestart_StartsNothing(string runner)
    {
        await using var run = await CountingAsync(runner);
        await run.RunAsync();
        run.Store.Fault = Faults.Status("GET", "checkpoint/0/0", 503);
        run.Environment["RUNAI_STORE_PATIENCE"] = "0.5";
        var process = await run.RunAsync();
        Assert.Equal((66, ""), (process.ExitCode, process.Output));
    }

    /// <summary>Prints the number in its checkpoint, leaves the next one there, and fails.</summary>
    private static async Task<Scenario> CountingAsync(string runner)
    {
        var run = await Scenario.ShellAsync(
            runner, "cat {{checkpoint}}/n 2>/dev/null || echo none; echo $RUNAI_START > {{checkpoint}}/n; exit 1");
        run.AddCheckpoint();
        run.Environment["RUNAI_CHECKPOINT_INTERVAL"] = "1000";
        return run;
    }

    /// <summary>Three starts, each in a home of its own as after a preemption.</summary>
    private static async Task<string[]> RunThreeAsync(Scenario run)
    {
        var outputs = new string[3];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = (await run.RunAsync()).Output;
            if (i < outputs.Length - 1)
            {
                Directory.Delete(run.Home, recursive: true);
            }
        }

        return outputs;
    }
}
