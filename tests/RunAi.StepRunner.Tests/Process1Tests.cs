namespace RunAi.StepRunner.Tests;

/// <summary>
/// The runner as the first process of a container, which nobody else reaps for, and which the kernel shields from signals it does not
/// handle.
/// </summary>
public sealed class Process1Tests
{
    public static TheoryData<string> All => Runners.All;

    [SkippableTheory, MemberData(nameof(All))]
    public async Task Run_OrphansEnd_AreReaped(string runner)
    {
        await using var run = await Scenario.ShellAsync(
            runner,
            "echo $PPID; for i in 1 2 3; do (sh -c 'exit 0' & ) ; done; sleep 0.3; cat /proc/[0-9]*/stat | grep -c ') Z 1 '; exit 4");
        run.Sandbox = Sandbox.AsProcess1(runner);
        var process = await run.RunAsync();
        Assert.Equal((4, "1\n0\n"), (process.ExitCode, process.Output));
    }

    [SkippableTheory, MemberData(nameof(All))]
    public async Task Terminate_IsForwarded(string runner)
    {
        await using var run = await Scenario.ShellAsync(runner, "trap 'exit 5' TERM; echo ready; while :; do sleep 0.05; done");
        run.Sandbox = Sandbox.AsProcess1(runner);
        var process = run.Start();
        await run.Store.UntilAsync(() => run.Log().Any(l => l.Text == "ready"));
        process.SignalChild(RunnerProcess.SigTerm);
        Assert.Equal((5, false), (await process.EndAsync(), run.HasResult));
    }
}
