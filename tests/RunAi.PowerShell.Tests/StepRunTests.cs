using System.Management.Automation;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>Runs that outlive the session that submitted them: keys, other machines, records that are behind, removal.</summary>
[Collection(RunCollection.Name)]
public sealed class StepRunTests : IDisposable
{
    private readonly EmulatedControlPlane _plane;
    private readonly Workspace _workspace;
    private readonly string _step = "s" + Guid.NewGuid().ToString("N")[..8];

    public StepRunTests(EmulatedControlPlane plane)
    {
        _plane = plane;
        _workspace = Workspace.WithStack(plane);
    }

    public void Dispose()
    {
        _workspace.RemoveWorkloads($"runai-{_step}-*");
        _workspace.Dispose();
    }

    [Fact]
    public void SameKey_IsTheSameRun_AndAChangedStepIsAnError()
    {
        var first = _workspace.Run(Step("Invoke", "echo one") + " -RunKey build-1").TheOutput;
        var again = _workspace.Run(Step("Invoke", "echo one") + " -RunKey build-1").TheOutput;
        var attached = _workspace.Run(Step("Submit", "echo one") + " -RunKey build-1").TheOutput;
        var conflict = _workspace.Run(Step("Submit", "echo two") + " -RunKey build-1").TheError;

        Assert.Equal("Succeeded", again.Properties["State"].Value.ToString());
        Assert.Equal(Value(first, "RunId"), Value(again, "RunId"));
        Assert.Equal(Value(first, "WorkloadId"), Value(attached, "WorkloadId"));
        Assert.StartsWith("RunAi.RunConflict,", conflict.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("command differs", conflict.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, _plane.Created($"runai-{_step}"));
    }

    [Fact]
    public void Force_MakesASecondAttempt_AndAFailedRunStaysFailedWithoutIt()
    {
        var failed = _workspace.Run(Step("Invoke", "echo broken; exit 3") + " -RunKey build-1").TheError;
        var still = _workspace.Run(Step("Invoke", "echo broken; exit 3") + " -RunKey build-1").TheError;
        var forced = _workspace.Run(Step("Invoke", "echo repaired") + " -RunKey build-1 -Force");

        Assert.StartsWith("RunAi.WorkloadFailed,", failed.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("exit code 3", still.ToString(), StringComparison.Ordinal);
        Assert.Equal((2, "Succeeded"), (forced.TheOutput.Properties["Attempt"].Value, Value(forced.TheOutput, "State")));
        Assert.EndsWith("-2", Value(forced.TheOutput, "WorkloadName"), StringComparison.Ordinal);
        Assert.Contains("repaired", forced.Information);
        Assert.Equal(2, _plane.Created($"runai-{_step}"));
    }

    [Fact]
    public void SecondMachine_ListsTheRun_FollowsItsLog_AndReceivesItsResult()
    {
        // Its log is shown while it goes on: it lasts longer than the way of the other machine to it.
        var run = _workspace.Run(
            Step("Submit", "echo working; sleep 4; mkdir \"$0\"; echo 42 > \"$0/answer\"", "-Output model", ", '{{outputs.model}}'"))
            .TheOutput;
        AnotherMachine();

        var listed = _workspace.Run($"Get-RunAiStepRun -StepName {_step}").TheOutput;
        var resumed = _workspace.Run("Resume-RunAiStepRun $args[0] -Wait", Value(run, "RunId"));
        var output = _workspace.Run("Receive-RunAiStep $args[0]", Value(run, "RunId")).TheOutput;

        Assert.Equal((Value(run, "RunId"), Value(run, "WorkloadId")), (Value(listed, "RunId"), Value(listed, "WorkloadId")));
        Assert.Equal("Succeeded", Value(resumed.TheOutput, "State"));
        Assert.Contains("working", resumed.Information);
        Assert.Equal("model", Value(output, "Name"));
        Assert.Equal("Succeeded", Value(_workspace.Run("Get-RunAiStepRun $args[0]", Value(run, "WorkloadName")).TheOutput, "State"));
    }

    [Fact]
    public void PlainStep_IsRecordedOnTheMachine_AndResumed()
    {
        _workspace.Run("Unregister-RunAiStack local").ThrowIfFailed();
        var run = _workspace.Run(
            $"Submit-RunAiStep {_step} -Image busybox -Command echo, hi -Settings @{{ GpuDevicesRequest = 0 }}").TheOutput;

        var resumed = _workspace.Run("Get-RunAiStepRun -First 1 | Resume-RunAiStepRun -Wait").TheOutput;

        Assert.Equal((Value(run, "RunId"), "Succeeded"), (Value(resumed, "RunId"), Value(resumed, "State")));
        AnotherMachine();
        Assert.StartsWith(
            "RunAi.RunNotFound,", _workspace.Run("Resume-RunAiStepRun $args[0]", Value(run, "RunId")).TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Sync_RecordsEndsThatNobodySaw_AndTellsOfWorkloadsWithoutARecord()
    {
        var ended = _workspace.Run(Step("Submit", "echo done")).TheOutput;
        var lost = _workspace.Run(Step("Submit", "sleep 600")).TheOutput;
        _workspace.Run("Wait-RunAiWorkload $args[0]", Value(ended, "WorkloadName")).ThrowIfFailed();
        foreach (var folder in new[] { "store", "state" })
        {
            Directory.Delete(Path.Combine(_workspace.Folder, folder, "runs", Value(lost, "RunId")), recursive: true);
        }

        var synced = _workspace.Run(
            $"Sync-RunAiStepRun | Where-Object {{ \"$($_.Name)$($_.WorkloadName)\" -like '*{_step}*' }}").ThrowIfFailed().Output;

        Assert.Equal(2, synced.Count);
        Assert.Equal((Value(ended, "RunId"), "Succeeded"), (Value(synced[0], "RunId"), Value(synced[0], "State")));
        Assert.Equal(Value(lost, "WorkloadId"), Value(synced[1], "WorkloadId"));

        _workspace.Run("Sync-RunAiStepRun -Remove -Confirm:$false").ThrowIfFailed();
        Assert.Contains(
            _plane.Effects(), effect => (string)effect!["kind"]! == "deleted" && (string)effect["name"]! == Value(lost, "WorkloadName"));
        Assert.DoesNotContain(
            _plane.Effects(), effect => (string)effect!["kind"]! == "deleted" && (string)effect["name"]! == Value(ended, "WorkloadName"));
    }

    [Fact]
    public void Sync_OfARunThatGoesOn_AsksForNoWorkloadByItself()
    {
        var run = _workspace.Run(Step("Submit", "sleep 600")).TheOutput;
        _workspace.Run(Step("Invoke", "true")).ThrowIfFailed();
        Assert.True(
            Poll.Until(
                () => _plane.Effects()
                    .Any(effect => (string)effect!["name"]! == Value(run, "WorkloadName") && (string?)effect["phase"] == "Running"),
                TimeSpan.FromSeconds(30)),
            "It never ran.");
        var since = _plane.LastRequest();

        var synced = _workspace.Run("Sync-RunAiStepRun").ThrowIfFailed().Output;

        Assert.Contains(
            synced, output => (output.Properties["RunId"]?.Value as string) == Value(run, "RunId") && Value(output, "State") == "Running");
        var requests = _plane.Requests(since);
        Assert.Single(requests, request => request == "GET /api/v1/workloads");
        Assert.DoesNotContain(requests, request => request.Contains(Value(run, "WorkloadId"), StringComparison.Ordinal));
    }

    [Fact]
    public void Remove_RefusesALiveRun_AndWithForceLeavesNothing()
    {
        var run = _workspace.Run(Step("Submit", "sleep 600")).TheOutput;
        var refused = _workspace.Run("Remove-RunAiStepRun $args[0] -Confirm:$false", Value(run, "RunId")).TheError;
        Assert.StartsWith("RunAi.RunConflict,", refused.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-Force", refused.ToString(), StringComparison.Ordinal);

        _workspace.Run("$args[0] | Remove-RunAiStepRun -Force -Confirm:$false", run).ThrowIfFailed();

        Assert.Contains(
            _plane.Effects(), effect => (string)effect!["kind"]! == "deleted" && (string)effect["name"]! == Value(run, "WorkloadName"));
        Assert.DoesNotContain(Directory.EnumerateFiles(_workspace.Folder, "*", SearchOption.AllDirectories), file => file.Contains(
            Value(run, "RunId"), StringComparison.Ordinal));
        Assert.StartsWith(
            "RunAi.RunNotFound,", _workspace.Run("Get-RunAiStepRun $args[0]", Value(run, "RunId")).TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    private string Step(string verb, string script, string more = "", string arguments = "") =>
        $"{verb}-RunAiStep {_step} -BaseImage \"oci:$f/base\" -Settings @{{ GpuDevicesRequest = 0 }} -Command sh, -c, "
        + $"'{script}'{arguments} {more}";

    private void AnotherMachine() => _workspace.Set("RUNAI_STATE", Path.Combine(_workspace.Folder, "other-state"));

    private static string Value(PSObject output, string property) => output.Properties[property].Value.ToString()!;
}
