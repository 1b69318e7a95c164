using System.Text;
using RunAi.Artifacts;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Runs.Log;

namespace RunAi.Tests.Runs;

/// <summary>A distributed run: its master's result is the run's, and a replica that failed is named.</summary>
public sealed class ReplicaResultsTests
{
    private const string Folder = "data/01JD/attempts/1/";

    private readonly MemoryStore _store = new();
    private readonly RecordingLog _log = new();
    private readonly StepRun _run = new()
    {
        RunId = "01JD",
        StepName = "train",
        WorkloadName = "runai-train-x",
        State = StepRunState.Running,
        ArtifactStore = "blobs",
        DistributedFramework = "PyTorch",
        Replicas = [new() { Name = "master" }, new() { Name = "worker-0" }, new() { Name = "worker-1" }],
    };

    [Fact]
    public async Task Succeeded_IsTheMastersWord_AndEveryReplicaIsTold()
    {
        Result("master", RunOutcome.Succeeded, 0, second: 5);
        Result("worker-1", RunOutcome.Succeeded, 0, second: 4);

        Assert.Null(await ConcludeAsync(Endings.Completed(_run)));

        Assert.Equal(["master (Succeeded)", "worker-0", "worker-1 (Succeeded)"], _run.Replicas.Select(replica => replica.ToString()));
        Assert.Equal(StepRunState.Succeeded, _run.State);
        var last = await Journal().LastAsync("01JD", default);
        Assert.Equal(
            ["master (Succeeded)", "worker-0", "worker-1 (Succeeded)"], last!.ToRun(null).Replicas.Select(replica => replica.ToString()));
    }

    [Fact]
    public async Task Failed_OfAWorker_IsTheRunsFailureWithItsNameAndItsOwnLines()
    {
        Result("worker-1", RunOutcome.Failed, 3, second: 2);
        Log("replicas/worker-1/", "no such layer");
        Log("", "waiting for worker-1");

        var failure = Assert.IsType<StepRunFailedException>(await ConcludeAsync(Endings.Failed(_run)));

        Assert.StartsWith(
            "Step 'train' failed in worker-1 with exit code 3: The command ended.\n", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("\nLast lines of its log:\n  no such layer", failure.Message, StringComparison.Ordinal);
        Assert.Equal((StepRunState.Failed, 3), (_run.State, _run.ExitCode));
        Assert.Equal(
            (DiagnosisCause.UserCode, "The command of worker-1 ended with exit code 3."),
            (failure.Diagnosis!.Cause, failure.Diagnosis.Summary));
        Assert.Equal(["no such layer"], failure.LastLogLines);
    }

    [Fact]
    public async Task Failed_OfSeveral_NamesTheFirst()
    {
        Result("master", RunOutcome.Failed, 1, second: 9);
        Result("worker-0", RunOutcome.Failed, 1, second: 8);
        Result("worker-1", RunOutcome.Killed, 137, second: 2);

        var failure = Assert.IsType<StepRunFailedException>(await ConcludeAsync(Endings.Failed(_run)));

        Assert.StartsWith("Step 'train' was killed in worker-1 with exit code 137", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["master (Failed)", "worker-0 (Failed)", "worker-1 (Failed)"], _run.Replicas.Select(replica => replica.ToString()));
    }

    [Fact]
    public async Task Failed_OfAReplicaThatStartedAgain_IsGotOver()
    {
        Result("worker-0", RunOutcome.Failed, 3, second: 1);
        _store.Objects[$"{Folder}replicas/worker-0/log/head.json"] = StoredJson.Bytes(new LogHead { Starts = 2 });
        Result("worker-1", RunOutcome.Failed, 4, second: 7);
        _store.Objects[$"{Folder}replicas/worker-1/log/head.json"] = StoredJson.Bytes(new LogHead { Starts = 1 });

        var failure = Assert.IsType<StepRunFailedException>(await ConcludeAsync(Endings.Failed(_run)));

        Assert.StartsWith("Step 'train' failed in worker-1 with exit code 4", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["master", "worker-0", "worker-1 (Failed)"], _run.Replicas.Select(replica => replica.ToString()));
    }

    [Fact]
    public async Task Succeeded_ThoughAWorkerFailedAtTheEnd_SaysSo()
    {
        Result("master", RunOutcome.Succeeded, 0, second: 5);
        Result("worker-0", RunOutcome.Failed, 1, second: 6);

        Assert.Null(await ConcludeAsync(Endings.Completed(_run)));

        Assert.Equal(StepRunState.Succeeded, _run.State);
        Assert.Contains(_log.Warnings, line => line.Contains("worker-0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Receive_OfARunWhoseWorkerFailed_NamesIt()
    {
        _run.State = StepRunState.Failed;
        Result("worker-0", RunOutcome.Failed, 3, second: 2);

        var (run, failure) = await RunResults.ReceiveAsync(_run, _store, default);

        Assert.StartsWith("Step 'train' failed in worker-0 with exit code 3", failure!.Message, StringComparison.Ordinal);
        Assert.Equal("worker-0 (Failed)", run.Replicas[1].ToString());
    }

    [Fact]
    public async Task Log_OfAllReplicas_IsInTheOrderOfTimesWithTheirNames()
    {
        Log("", "0 master", "1 master", "2 master");
        Log("replicas/worker-0/", "0 worker", "1 worker");
        var log = new ReplicaLog(_store, _run);

        var lines = await ReadAsync(log);

        Assert.Equal(
            ["[master] 0 master", "[worker-0] 0 worker", "[master] 1 master", "[worker-0] 1 worker", "[master] 2 master"],
            lines.Select(line => line.ToString()));
        Assert.Empty(await ReadAsync(log));
    }

    [Fact]
    public async Task Log_AfterAnyLine_GoesOnWithTheRestOfEveryReplica()
    {
        Log("", "a", "b", "c");
        Log("replicas/worker-0/", "x", "y", "z");
        var all = await ReadAsync(new ReplicaLog(_store, _run));

        for (var i = 0; i < all.Count; i++)
        {
            Assert.True(ReplicaLog.TryParse(all[i].Position, out var after));
            var rest = await ReadAsync(new ReplicaLog(_store, _run, after: after));
            Assert.Equal(all.Skip(i + 1).Select(line => line.ToString()), rest.Select(line => line.ToString()));
        }
    }

    [Fact]
    public async Task Log_OfOneReplica_HasItsLinesAlone()
    {
        Log("", "a");
        Log("replicas/worker-0/", "x");
        Log("replicas/worker-1/", "y", "z");

        Assert.Equal(["y", "z"], (await ReadAsync(new ReplicaLog(_store, _run, ["worker-1"]))).Select(line => line.Text));
        Assert.Equal(
            ["[worker-1] z"], (await new ReplicaLog(_store, _run, ["worker-1"]).TailAsync(1, default)).Select(line => line.ToString()));
    }

    [Fact]
    public async Task Log_IsCompleteWithTheResultsOfAllThatAreRead()
    {
        Log("", "a");
        Log("replicas/worker-0/", "x");
        Result("master", RunOutcome.Succeeded, 0, second: 5);
        var (all, replicaLog) = (new ReplicaLog(_store, _run), new ReplicaLog(_store, _run, ["master"]));
        await ReadAsync(all);
        await ReadAsync(replicaLog);

        Assert.Equal((false, true), (all.IsComplete, replicaLog.IsComplete));
    }

    [Theory]
    [InlineData("1.1/0.5")]
    [InlineData("master@")]
    [InlineData("@1.1/0.5")]
    [InlineData("master@1.1/0.5;")]
    public void Position_ThatIsNone_IsRefused(string text) => Assert.False(ReplicaLog.TryParse(text, out _));

    private static async Task<List<LogLine>> ReadAsync(ReplicaLog log)
    {
        var lines = new List<LogLine>();
        await log.ReadAsync(lines.Add, default);
        return lines;
    }

    /// <summary>Lines a second apart.</summary>
    private void Log(string place, params string[] lines) => _store.Objects[$"{Folder}{place}log/00000"] =
        Encoding.UTF8.GetBytes(string.Concat(lines.Select((line, i) => $"2030-01-01T00:00:0{i}Z stdout F {line}\n")));

    private void Result(string replica, string outcome, int exitCode, int second) =>
        _store.Objects[$"{Folder}{(replica == "master" ? "" : $"replicas/{replica}/")}result.json"] = StoredJson.Bytes(new RunResult
        {
            RunId = "01JD",
            Replica = replica,
            Attempt = 1,
            Start = 1,
            Outcome = outcome,
            ExitCode = exitCode,
            Message = outcome == RunOutcome.Succeeded ? null : "The command ended.",
            EndedAt = DateTimeOffset.UnixEpoch.AddSeconds(second),
        });

    private RunJournal Journal() => new([_store], TimeProvider.System, _log);

    private async Task<RunAiException?> ConcludeAsync(RunAi.Watching.WorkloadResult ending)
    {
        await Journal().TryBeginAsync(new RunRecord { RunId = "01JD", StepName = "train", Replicas = _run.Replicas }, default);
        return await new RunFinalizer(_store, Journal(), _log).FinalizeAsync(_run, ending, default);
    }
}
