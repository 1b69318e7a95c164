using System.Management.Automation;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>Runs that are tried again, really run: a node is lost, a place is taken, a command fails, the user stops.</summary>
[Collection(MishapCollection.Name)]
public sealed class RetryTests : IDisposable
{
    private const string Lost = "-Retry @{ Infrastructure = 1; Backoff = 0.2; MaxBackoff = 0.3 }";

    private readonly EmulatedControlPlane _plane;
    private readonly HastyTime _time = new();
    private readonly Workspace _workspace;
    private readonly long _begun;

    public RetryTests(MishapPlane mishaps)
    {
        _plane = mishaps.Plane;
        _begun = _plane.Effects().Count;
        _workspace = Workspace.WithStack(_plane, _time);
    }

    public void Dispose()
    {
        _workspace.RemoveWorkloads("runai-*");
        _workspace.Dispose();
    }

    [Fact]
    public async Task Invoke_WhenTheNodeIsLost_MakesASecondAttempt_ShowsItsLog_AndBringsItsOutput()
    {
        var second = LetGoOnAsync("runai-lost-");
        var result = _workspace.Run(
            Step("Invoke", "echo tried again; echo 42 > \"$0\"", Lost + " -Output answer", ", '{{outputs.answer}}'"));
        await second;

        var run = result.TheOutput;
        Assert.Equal(("Succeeded", 2), (Value(run, "State"), run.Properties["Attempt"].Value));
        Assert.Contains("tried again", result.Information);
        Assert.Contains(result.Warnings, line => line.Contains(
            "NodeLost: retry 1 of 1 for Infrastructure. Attempt 2 follows", StringComparison.Ordinal));
        Assert.Equal("1: Failed (NodeLost)", _workspace.Run("\"$($args[0].EarlierAttempts)\"", run).TheOutput.BaseObject);
        Assert.Contains(
            "/attempts/2/outputs/answer", Value(_workspace.Run("$args[0] | Receive-RunAiStep", run).TheOutput, "Uri"),
            StringComparison.Ordinal);
        Assert.Equal(
            ["created", "created"],
            Effects("runai-lost-").Where(effect => effect.Kind is "created" or "stopped" or "deleted").Select(effect => effect.Kind));

        var listed = _workspace.Run("Get-RunAiStepRun -First 1").TheOutput;
        Assert.Equal((2, 1), (listed.Properties["Attempt"].Value, ((Array)listed.Properties["EarlierAttempts"].Value).Length));
    }

    [Fact]
    public async Task DeleteOnFailure_DeletesTheWorkloadOfAnAttemptThatFailed()
    {
        _workspace.Run("Set-RunAiStepOperator demo -DeleteOnFailure").ThrowIfFailed();
        var second = LetGoOnAsync("runai-lost-");
        var run = _workspace.Run(Step("Invoke", "true", Lost)).TheOutput;
        await second;

        var name = Value(run, "WorkloadName");
        Assert.EndsWith("-2", name, StringComparison.Ordinal);
        Assert.Equal([name[..^2]], Effects("runai-lost-").Where(effect => effect.Kind == "deleted").Select(effect => effect.Name));
    }

    [Fact]
    public async Task Wait_OfARunWhosePlaceWasTaken_EndsWithItsSecondAttempt()
    {
        var second = LetGoOnAsync("runai-low-");
        var run = _workspace.Run(Plain(
            "Submit",
            "low",
            OnceLetGo("true"),
            "-Retry @{ Preempted = 1; Backoff = 0.2 }",
            "@{ GpuDevicesRequest = 4; PriorityClass = 'very-low'; TerminateAfterPreemption = $true }")).TheOutput;
        Until("runai-low-", "Running");
        _workspace.Run("Submit-RunAiStep high -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 4; PriorityClass = "
            + "'medium-high'; Preemptibility = 'preemptible' }").ThrowIfFailed();

        var result = _workspace.Run("$args[0] | Wait-RunAiWorkload", run);
        await second;

        Assert.Equal(
            ("Succeeded", 2, Value(run, "WorkloadName") + "-2"),
            (Value(result.TheOutput, "State"), result.TheOutput.Properties["Attempt"].Value, Value(result.TheOutput, "WorkloadName")));
        Assert.Equal("Preempted", _workspace.Run("$args[0].EarlierAttempts[0].Cause", result.TheOutput).TheOutput.BaseObject.ToString());
        Assert.Contains(result.Warnings, line => line.Contains("retry 1 of 1 for Preempted", StringComparison.Ordinal));
    }

    [Fact]
    public void FailureOfTheStep_IsTriedAgainOnlyWhereUserCodeSaysSo()
    {
        var failed = _workspace.Run(Plain("Invoke", "bad", Twice("exit 3", "true"), "-Retry @{ Preempted = 3; Infrastructure = 3 }"));
        Assert.Contains("exit code 3", failed.TheError.ToString(), StringComparison.Ordinal);
        Assert.Contains(failed.Warnings, line => line.Contains("No retry is set for UserCode", StringComparison.Ordinal));
        Assert.Single(Effects("runai-bad-"), effect => effect.Kind == "created");

        File.Delete(Mark);
        var run = _workspace.Run(Plain("Invoke", "mended", Twice("exit 3", "true"), "-Retry @{ UserCode = 1; Backoff = 0.2 }")).TheOutput;
        Assert.Equal(("Succeeded", 2), (Value(run, "State"), run.Properties["Attempt"].Value));
    }

    [Fact]
    public async Task StoppedBetweenAttempts_NothingIsLeftRunning_AndAnotherMachineGoesOn()
    {
        _workspace.Interrupt(
            Step("Invoke", "true", "-Retry @{ Infrastructure = 1; Backoff = 30; MaxBackoff = 30 }"),
            when: () => _workspace.Host!.Text.Contains("Attempt 2 follows in", StringComparison.Ordinal));

        Assert.Contains("Stopped between two attempts", _workspace.Host!.Text, StringComparison.Ordinal);
        Assert.Single(Effects("runai-lost-"), effect => effect.Kind == "created");
        Assert.DoesNotContain(Effects("runai-lost-"), effect => effect.Kind == "stopped");

        _workspace.Set("RUNAI_STATE", Path.Combine(_workspace.Folder, "other-state"));
        var between = _workspace.Run("Get-RunAiStepRun -First 1").TheOutput;
        Assert.Equal("Failed", Value(between, "State"));
        Assert.NotNull(between.Properties["NextAttemptAt"].Value);

        _time.Limit = TimeSpan.FromMinutes(1);
        var second = LetGoOnAsync("runai-lost-");
        var run = _workspace.Run("Get-RunAiStepRun -First 1 | Resume-RunAiStepRun -Wait").TheOutput;
        await second;
        Assert.Equal(("Succeeded", 2), (Value(run, "State"), run.Properties["Attempt"].Value));
        Assert.Equal(2, Effects("runai-lost-").Count(effect => effect.Kind == "created"));
    }

    [Fact]
    public void StoppedInTheSecondAttempt_SuspendsThatOne()
    {
        _workspace.Interrupt(
            Step("Invoke", "true", Lost),
            when: () => Effects("runai-lost-").Any(effect => effect.Name.EndsWith("-2", StringComparison.Ordinal)
                && effect.Phase == "Running"));

        Assert.Contains("is being suspended", _workspace.Host!.Text, StringComparison.Ordinal);
        Assert.EndsWith("-2", Assert.Single(Effects("runai-lost-"), effect => effect.Kind == "stopped").Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deadline_HoldsForAllAttemptsTogether()
    {
        var late = Task.Run(() =>
        {
            Assert.True(
                Poll.Until(() => Effects("runai-late-").Any(effect => effect.Name.EndsWith("-2", StringComparison.Ordinal)
                    && effect.Phase == "Running")),
                "The second attempt never ran.");
            _plane.Advance(TimeSpan.FromMinutes(10));
        });
        var result = _workspace.Run(Plain(
            "Invoke", "late", Twice("exit 3", "sleep 60"), "-Retry @{ UserCode = 5; Backoff = 0.2; MaxBackoff = 0.3 }",
            "@{ GpuDevicesRequest = 0; Deadline = 600 }"));
        await late;

        Assert.StartsWith("RunAi.WorkloadTimeout,", result.TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("the step's Deadline of 00:10:00, earlier attempts included", result.TheError.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Effects("runai-late-").Count(effect => effect.Kind == "created"));
        Assert.EndsWith("-2", Assert.Single(Effects("runai-late-"), effect => effect.Kind == "stopped").Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-RunAiStep s -Image busybox -Retry @{ Preempt = 1 }")]
    [InlineData("Submit-RunAiStep s -Image busybox -Retry @{ Preempt = 1 }")]
    public void WrongPolicy_IsAnErrorBeforeAnythingIsSent(string command)
    {
        var since = _plane.LastRequest();
        var error = _workspace.Run(command).TheError;

        Assert.StartsWith("RunAi.InvalidStep,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Retry.Preempt: is no cause to retry for. Did you mean Preempted?", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_plane.Requests(since), request => request.StartsWith("POST /api/v1/workloads", StringComparison.Ordinal));
    }

    /// <summary>A step under the step runner that loses the node of its first attempt, and does something once it is let go.</summary>
    private string Step(string verb, string work, string more, string arguments = "") =>
        $"{verb}-RunAiStep lost -BaseImage \"oci:$f/base\" -Settings @{{ GpuDevicesRequest = 0 }} -Command sh, -c, "
        + $"'{OnceLetGo(work)}'{arguments} {more}";

    /// <summary>A step without the step runner.</summary>
    private static string Plain(string verb, string name, string script, string more, string settings = "@{ GpuDevicesRequest = 0 }") =>
        $"{verb}-RunAiStep {name} -Image busybox -Settings {settings} -Command sh, -c, '{script}' {more}";

    private string Mark => Path.Combine(_workspace.Folder, "seen");

    /// <summary>Does one thing when it is first run, and another from then on.</summary>
    private string Twice(string first, string later) => $"if [ -e {Mark} ]; then {later}; else touch {Mark}; {first}; fi";

    private string OnceLetGo(string work) => $"while [ ! -e {Mark} ]; do sleep 0.1; done; {work}";

    /// <summary>
    /// Lets the step go on when its second attempt is there: the first never gets so far, however long it takes to lose it.
    /// </summary>
    private Task LetGoOnAsync(string prefix) => Task.Run(() =>
    {
        Assert.True(
            Poll.Until(
                () => Effects(prefix).Any(effect => effect.Kind == "created" && effect.Name.EndsWith("-2", StringComparison.Ordinal)),
                TimeSpan.FromMinutes(2)),
            "There was no second attempt.");
        File.WriteAllText(Mark, "");
    });

    private void Until(string prefix, string phase) => Assert.True(
        Poll.Until(() => Effects(prefix).Any(effect => effect.Phase == phase), TimeSpan.FromSeconds(30)), $"It never was {phase}.");

    private IReadOnlyList<(string Kind, string Name, string? Phase)> Effects(string prefix) =>
        [.. _plane.Effects().Skip((int)_begun)
            .Select(effect => (Kind: (string)effect!["kind"]!, Name: (string)effect["name"]!, Phase: (string?)effect["phase"]))
            .Where(effect => effect.Name.StartsWith(prefix, StringComparison.Ordinal))];

    private static string Value(PSObject output, string property) => output.Properties[property].Value.ToString()!;
}
