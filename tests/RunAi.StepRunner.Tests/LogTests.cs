using RunAi.RunManifest;

namespace RunAi.StepRunner.Tests;

public sealed class LogTests
{
    public static TheoryData<string> All => Runners.All;

    [Theory, MemberData(nameof(All))]
    public async Task Log_LinesOfBothStreams_AreStoredInOrderWithTimes(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "for i in 1 2 3; do echo out $i; done; echo 'err  x' >&2; printf open");
        await run.RunAsync();
        var log = run.Log();
        Assert.Equal(["out 1", "out 2", "out 3", "open"], log.Where(l => l.Stream == "stdout").Select(l => l.Text));
        Assert.Equal(["err  x"], log.Where(l => l.Stream == "stderr").Select(l => l.Text));
        Assert.All(log, l => Assert.True(l.IsWhole));
        var notes = log.Where(l => l.Stream == "runner")
            .Select(l => Scenario.Read<LogNote>(System.Text.Encoding.UTF8.GetBytes(l.Text))).ToArray();
        Assert.Equal([("start", 1, 1), ("end", 1, 1)], notes.Select(n => (n.Event, n.Attempt, n.Start)));
        Assert.InRange(log[^1].Time, log[0].Time, DateTimeOffset.MaxValue);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Log_CommandStillRuns_IsInTheStoreAlready(string runner)
    {
        await using var run = await Scenario.ShellAsync(
            runner, "echo first; printf 'no end'; while [ ! -e go ]; do sleep 0.05; done; echo ' now'");
        var process = run.Start();
        await run.Store.UntilAsync(() => run.Log().Any(l => l is { Text: "no end", IsWhole: false }));
        Assert.Contains(run.Log(), l => l.Text == "first");
        await File.WriteAllTextAsync(Path.Combine(run.Folder, "go"), "");
        await process.EndAsync();
        Assert.Contains(run.Log(), l => l is { Text: " now", IsWhole: true });
    }

    [Theory, MemberData(nameof(All))]
    public async Task Log_BarThatIsWrittenAnew_IsStoredAsItsLastState(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "i=0; while [ $i -lt 500 ]; do i=$((i+1)); printf '\\repoch %s/500' $i; "
            + "done; echo; printf 'dos\\r\\n'; printf '50%%\\r\\033[K\\r   \\n'; echo done");

        await run.RunAsync();

        Assert.Equal(["epoch 500/500", "dos", "50%", "done"], run.Log().Where(l => l.Stream == "stdout").Select(l => l.Text));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Log_BarThatIsWrittenAnew_IsSeenAsItGoes_ByItsStates(string runner)
    {
        await using var run = await Scenario.ShellAsync(
            runner, "i=0; while [ ! -e go ]; do i=$((i+1)); printf '\\repoch %s' $i >&2; sleep 0.02; done; printf '\\rlast\\n' >&2");
        var process = run.Start();
        await run.Store.UntilAsync(() => run.Log().Count(l => l is { Stream: "stderr", IsWhole: false }) >= 2);
        await File.WriteAllTextAsync(Path.Combine(run.Folder, "go"), "");
        await process.EndAsync();

        var pieces = run.Log().Where(l => l.Stream == "stderr").ToArray();
        Assert.All(pieces, piece => Assert.StartsWith("\r", piece.Text, StringComparison.Ordinal));
        Assert.All(pieces, piece => Assert.InRange(piece.Text.Length, 2, 12));
        Assert.Equal((true, "\rlast"), (pieces[^1].IsWhole, pieces[^1].Text));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Log_OutputWithoutLineEnds_NeitherHangsNorFloods(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "head -c 3000000 /dev/zero; echo; echo done");
        run.Manifest.Log.SegmentSize = 1 << 20;

        var process = await run.RunAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(3_000_000, run.Log().Where(l => l.Stream == "stdout" && l.Text != "done").Sum(l => l.Text.Length));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Log_LongLine_IsWrittenInPieces(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "head -c 40000 /dev/zero | tr '\\0' x; echo");
        Assert.Equal(40001, (await run.RunAsync()).Output.Length);
        var pieces = run.Log().Where(l => l.Stream == "stdout").ToArray();
        Assert.Equal([false, false, true], pieces.Select(p => p.IsWhole));
        Assert.Equal(new string('x', 40000), string.Concat(pieces.Select(p => p.Text)));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Log_SegmentIsFull_GoesOnInTheNextAndLosesNothing(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "seq 1 3000");
        run.Manifest.Log.SegmentSize = 50_000;
        await run.RunAsync();
        Assert.Equal(Enumerable.Range(1, 3000).Select(i => $"{i}"), run.Log().Where(l => l.Stream == "stdout").Select(l => l.Text));
        Assert.All(run.Store.Objects.Where(o => o.Key.StartsWith("log/", StringComparison.Ordinal)), o =>
            Assert.InRange(o.Value.Length, 1, 50_000));
        Assert.Equal(3, run.Result.LogSegments);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Log_SegmentsRunOut_SaysSoOnceAndTheOutputGoesOn(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "seq 1 9000");
        run.Manifest.Log.SegmentSize = 10_000;
        var process = await run.RunAsync();
        Assert.EndsWith("\n9000\n", process.Output, StringComparison.Ordinal);
        var notes = run.Log().Where(l => l.Stream == "runner")
            .Select(l => Scenario.Read<LogNote>(System.Text.Encoding.UTF8.GetBytes(l.Text)).Event);
        Assert.Equal(["start", "truncated", "end"], notes);
        Assert.Equal((0, 4), (process.ExitCode, run.Result.LogSegments));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Log_LaterStart_GoesOnWithTheNextSegment(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "echo start $RUNAI_START; exit 1");
        await run.RunAsync();
        var first = run.Store.Objects["log/0"];
        await run.RunAsync();
        Assert.Equal(["start 1", "start 2"], run.Log().Where(l => l.Stream == "stdout").Select(l => l.Text));
        Assert.Equal((first, 2, 2), (run.Store.Objects["log/0"], run.Result.Start, run.Result.LogSegments));
        var head = Scenario.Read<LogHead>(run.Store.Objects["log/head"]);
        Assert.Equal((2, 2), (head.Starts, head.Segments));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Log_StoreIsAwayForAWhile_IsStoredWholeLater(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "seq 1 100");
        var puts = 0;
        run.Store.Fault = context => Faults.AwayWhile(() => context.Request.Method == "PUT"
            && Interlocked.Increment(ref puts) < 6)(context);
        Assert.Equal(0, (await run.RunAsync()).ExitCode);
        Assert.Equal(100, run.Log().Count(l => l.Stream == "stdout"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Log_StoreRefusesIt_TheCommandGoesOnAndItIsSaid(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "echo out");
        run.Store.Fault = Faults.Status("PUT", "log/0", 403);
        var process = await run.RunAsync();
        Assert.Equal((0, "out\n", RunOutcome.Succeeded), (process.ExitCode, process.Output, run.Result.Outcome));
        Assert.Contains("expired", process.Errors, StringComparison.Ordinal);
    }
}
