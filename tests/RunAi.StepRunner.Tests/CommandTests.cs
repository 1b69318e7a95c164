using System.Globalization;
using RunAi.RunManifest;

namespace RunAi.StepRunner.Tests;

public sealed class CommandTests
{
    public static TheoryData<string> All => Runners.All;

    [Theory, MemberData(nameof(All))]
    public async Task Run_CommandSucceeds_CopiesItsOutputAndWritesTheResultLast(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "echo out; echo err >&2");
        var process = await run.RunAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal("out\n", process.Output);
        Assert.Equal("err\n", process.Errors);
        Assert.Equal(("PUT result", RunOutcome.Succeeded, 0), (run.Store.Requests.Last(), run.Result.Outcome, run.Result.ExitCode));
        Assert.Equal(("01RUN", 1, 1), (run.Result.RunId, run.Result.Attempt, run.Result.Start));
        Assert.InRange(run.Result.PeakMemory, 1, 1L << 34);
        Assert.InRange(run.Result.EndedAt, run.Result.StartedAt, DateTimeOffset.MaxValue);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_CommandFails_PassesItsExitCodeOn(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "exit 3");
        Assert.Equal(3, (await run.RunAsync()).ExitCode);
        Assert.Equal((RunOutcome.Failed, 3), (run.Result.Outcome, run.Result.ExitCode));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_SignalEndsTheCommand_AddsItTo128(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "kill -9 $$");
        Assert.Equal(137, (await run.RunAsync()).ExitCode);
        Assert.Equal((RunOutcome.Killed, 137), (run.Result.Outcome, run.Result.ExitCode));
        Assert.Contains("memory", run.Result.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_ArgumentsThatAShellWouldChange_ArriveAsTheyAre(string runner)
    {
        string[] arguments = ["a b", "$HOME", "*", "\"'`", "", "{{ not.ours }}", "Grüße", "{{", "x}}"];
        await using var run = await Scenario.CreateAsync(runner, ["printf", "<%s>", .. arguments]);
        Assert.Equal(string.Concat(arguments.Select(a => $"<{a}>")), (await run.RunAsync()).Output);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_Placeholders_BecomePathsAndVariables(string runner)
    {
        await using var run = await Scenario.CreateAsync(
            runner, "/bin/sh", "-c", "printf '%s|' \"$@\" \"$RUNAI_INPUT_MY_DATA\" \"$RUNAI_OUTPUT_MODEL\" \"$RUNAI_CHECKPOINT\" "
                + "\"$RUNAI_RUN_ID\" $RUNAI_ATTEMPT $RUNAI_START \"$RUNAI_MANIFEST\"; touch \"$RUNAI_OUTPUT_MODEL\"", "x",
            "{{inputs.my-data}}", "--out={{ outputs.model }}/w", "{{checkpoint}}{{checkpoint }}");
        run.AddInput("my-data", [1], "d.bin");
        run.AddOutput("model");
        run.AddCheckpoint();
        var (input, output, checkpoint) = ($"{run.Home}/inputs/my-data/d.bin", $"{run.Home}/outputs/model", $"{run.Home}/checkpoint");
        Assert.Equal(
            $"{input}|--out={output}/w|{checkpoint}{checkpoint}|{input}|{output}|{checkpoint}|01RUN|1|1||",
            (await run.RunAsync()).Output);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_NoSuchCommand_Is127AndNotStarted(string runner)
    {
        await using var run = await Scenario.CreateAsync(runner, "no-such-program");
        var process = await run.RunAsync();
        Assert.Equal((127, RunOutcome.NotStarted, null), (process.ExitCode, run.Result.Outcome, run.Result.ExitCode));
        Assert.Contains("no-such-program", run.Result.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_WholeCommandLineInOneWord_SaysSo(string runner)
    {
        await using var run = await Scenario.CreateAsync(runner, "echo hi");
        Assert.Equal(127, (await run.RunAsync()).ExitCode);
        Assert.Contains("no program 'echo hi'", run.Result.Message, StringComparison.Ordinal);
        Assert.Contains("write the program and each argument apart", run.Result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!/no/such/interpreter\n", "begins with #!/no/such/interpreter, and there is no such program")]
    [InlineData("#!/bin/sh\r\necho hi\r\n", "its lines end as on Windows")]
    public async Task Run_ScriptWhoseInterpreterIsMissing_SaysWhich(string script, string words)
    {
        await using var run = await Scenario.CreateAsync(Runners.Plain, "./script");
        var path = Path.Combine(run.Folder, "script");
        await File.WriteAllTextAsync(path, script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal((127, RunOutcome.NotStarted), ((await run.RunAsync()).ExitCode, run.Result.Outcome));
        Assert.Contains(words, run.Result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sleep 600")]
    [InlineData("trap '' TERM HUP; while :; do sleep 1; done")]
    public async Task Run_LeavesAProcessBehindThatHoldsItsOutput_EndsSoonAndKeepsTheOutput(string left)
    {
        await using var run = await Scenario.ShellAsync(Runners.Plain, $"setsid sh -c \"{left}\" & echo left; sleep 0.3");
        var since = System.Diagnostics.Stopwatch.StartNew();
        var process = await run.RunAsync();
        Assert.Equal((0, "left\n"), (process.ExitCode, process.Output));
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
        Assert.Contains(run.Log(), line => line.Text == "left");
    }

    [SkippableTheory, MemberData(nameof(All))]
    public async Task Run_AsAUserThatTheImageDoesNotKnow_HasAHomeAndAName(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "touch $HOME/x && echo $HOME $USER $LOGNAME $(id -u)");
        run.Sandbox = Sandbox.AsUnknownUser(runner);
        run.Environment["HOME"] = "/";
        run.Environment["USER"] = run.Environment["LOGNAME"] = "";
        var process = await run.RunAsync();
        Assert.Equal($"{run.Home}/home runai runai 12345\n", process.Output);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_UserWithAHome_KeepsIt(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "echo $HOME $USER");
        (run.Environment["HOME"], run.Environment["USER"]) = (run.Folder, "somebody");
        Assert.Equal($"{run.Folder} somebody\n", (await run.RunAsync()).Output);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_CommandIsNoProgram_Is126AndNotStarted(string runner)
    {
        await using var run = await Scenario.CreateAsync(runner, "./text");
        await File.WriteAllTextAsync(Path.Combine(run.Folder, "text"), "hello");
        Assert.Equal((126, RunOutcome.NotStarted), ((await run.RunAsync()).ExitCode, run.Result.Outcome));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Terminate_CommandRuns_ForwardsItSavesTheLogAndWritesNoResult(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.05; done");
        var process = run.Start();
        await run.Store.UntilAsync(() => run.Log().Any(l => l.Text == "ready"));
        process.Signal(RunnerProcess.SigTerm);
        Assert.Equal(5, await process.EndAsync());
        Assert.Equal("ready\nbye\n", process.Output);
        Assert.Contains(run.Log(), l => l is { Stream: "stdout", Text: "bye" });
        Assert.False(run.HasResult);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Terminate_InputsAreBeingFetched_EndsAtOnceWithoutResult(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "echo never");
        run.AddInput("data", [1, 2, 3], "d");
        run.Store.Fault = Faults.Status("GET", "inputs/data/0", 503);
        var process = run.Start();
        await run.Store.UntilAsync(() => run.Store.Count("GET inputs/data/0") >= 1);
        process.Signal(RunnerProcess.SigTerm);
        Assert.Equal(143, await process.EndAsync());
        Assert.Equal(("", false), (process.Output, run.HasResult));
    }

    [Theory, MemberData(nameof(All))]
    public async Task User1_CommandRuns_IsForwardedAndTheRunGoesOn(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "trap 'echo one; exit 0' USR1; echo ready; while :; do sleep 0.05; done");
        var process = run.Start();
        await run.Store.UntilAsync(() => run.Log().Any(l => l.Text == "ready"));
        process.Signal(RunnerProcess.SigUsr1);
        Assert.Equal(0, await process.EndAsync());
        Assert.Equal(("ready\none\n", RunOutcome.Succeeded), (process.Output, run.Result.Outcome));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_OrphansEnd_AreReaped(string runner)
    {
        // The orphans end before their grandparent looks for zombies among the runner's children.
        await using var run = await Scenario.ShellAsync(
            runner,
            "for i in 1 2 3; do (sh -c 'exit 0' & ) ; done; sleep 0.3; cat /proc/[0-9]*/stat 2>/dev/null | grep -c \") Z $PPID \"");
        var process = await run.RunAsync();
        Assert.Equal("0\n", process.Output);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_CommandLeavesProcessesBehind_EndsThem(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "sleep 1000 & echo $!");
        var process = await run.RunAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.False(Directory.Exists($"/proc/{process.Output.Trim()}"));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_TimeLimitPasses_EndsTheCommandAndSaysSo(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "trap 'exit 9' TERM; while :; do sleep 0.05; done");
        run.Manifest.RunTimeoutSeconds = 0.3;
        Assert.Equal(124, (await run.RunAsync()).ExitCode);
        Assert.Equal((RunOutcome.TimedOut, 9), (run.Result.Outcome, run.Result.ExitCode));
        Assert.Contains(0.3.ToString(CultureInfo.InvariantCulture), run.Result.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_CommandIgnoresTheEndOfItsTime_IsKilled(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "trap '' TERM; while :; do sleep 0.05; done");
        run.Manifest.RunTimeoutSeconds = 0.2;
        run.Environment["RUNAI_GRACE_PERIOD"] = "0.3";
        Assert.Equal(124, (await run.RunAsync()).ExitCode);
        Assert.Equal((RunOutcome.TimedOut, 137), (run.Result.Outcome, run.Result.ExitCode));
    }

    [Theory, MemberData(nameof(All))]
    public async Task Run_DeadlineHasPassed_StartsNothing(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "echo never");
        run.Manifest.Deadline = TimeProvider.System.GetUtcNow().AddMinutes(-1);
        var process = await run.RunAsync();
        Assert.Equal((124, "", RunOutcome.TimedOut, null), (process.ExitCode, process.Output, run.Result.Outcome, run.Result.ExitCode));
    }
}
