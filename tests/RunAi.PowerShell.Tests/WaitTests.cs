using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(WorkloadCollection.Name)]
public sealed class WaitTests : IDisposable
{
    private readonly EmulatedControlPlane _plane;
    private readonly HastyTime _time = new();
    private readonly Workspace _workspace;

    public WaitTests(EmulatedControlPlane plane)
    {
        _plane = plane;
        _workspace = new Workspace(plane, record: true, time: _time);
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Wait_ForARunThatSucceeds_EmitsTheFinishedRun()
    {
        var run = _workspace.Run("Submit-RunAiStep good -Image busybox -Command sh, -c, 'echo hi' | Wait-RunAiWorkload").TheOutput;

        Assert.Equal("Succeeded", run.Properties["State"].Value.ToString());
        Assert.Equal("Completed", run.Properties["Phase"].Value);
        Assert.Equal(0, run.Properties["ExitCode"].Value);
        Assert.NotNull(run.Properties["EndedAt"].Value);
        Assert.True((TimeSpan)run.Properties["Duration"].Value > TimeSpan.Zero);
    }

    [Fact]
    public void Wait_ForAWorkloadThatFails_EmitsItAndSaysWhy()
    {
        var result = _workspace.Run(
            "(Submit-RunAiStep bad -Image busybox -Command sh, -c, 'exit 7').WorkloadName | Wait-RunAiWorkload; 'goes on'");

        Assert.Equal("Failed", result.Output[0].Properties["Phase"].Value);
        Assert.Equal("goes on", result.Output[1].BaseObject);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("RunAi.WorkloadFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("exit code 7", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Remove-RunAiWorkload runai-bad-", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wait_ForMany_EmitsEachInTheOrderOfItsEnd()
    {
        var names = _workspace.Run("""
            $mark = $args[0]
            $slow = Submit-RunAiStep slow -Image busybox -Command sh, -c, "until [ -e $mark ]; do sleep 0.05; done" -Settings @{ GpuDevicesRequest = 0; RunTimeout = 60 }
            $fast = Submit-RunAiStep fast -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 0 }
            $slow, $fast | Wait-RunAiWorkload | ForEach-Object { $_.StepName; [System.IO.File]::WriteAllText($mark, '') }
            """, Path.Combine(_workspace.Folder, "mark")).ThrowIfFailed().Output.Select(o => o.BaseObject);

        Assert.Equal(["fast", "slow"], names);
    }

    [Fact]
    public async Task Wait_InManyRunspacesAtOnce_SharesTheLooks()
    {
        const int Waiters = 6;
        _time.Limit = TimeSpan.Zero;
        var shells = Enumerable.Range(0, Waiters).Select(_ => _workspace.OpenShell()).ToList();
        var ids = _workspace.Run("""
            1..6 | ForEach-Object { (Submit-RunAiStep "par$_" -Image busybox -Command sleep, 6 -Settings @{ GpuDevicesRequest = 0 }).WorkloadId }
            """).ThrowIfFailed().Output.Select(o => (string)o.BaseObject).ToList();
        var before = _plane.LastRequest();

        var waits = shells.Zip(
            ids, (shell, id) => Task.Run(() => shell.Run("(Wait-RunAiWorkload $args[0]).Phase", id).TheOutput.BaseObject)).ToArray();
        var ended = await Task.WhenAll(waits);

        shells.ForEach(shell => shell.Dispose());
        Assert.Equal(Enumerable.Repeat<object>("Completed", Waiters), ended);
        var looks = _plane.Requests(before).Count;
        Assert.True(looks < Waiters * 4, $"{looks} requests for {Waiters} waiters.");
    }

    [Fact]
    public void Wait_ForLongerThanTheStepMayRun_StopsIt()
    {
        var result = _workspace.Run(
            "Submit-RunAiStep brief -Image busybox -Command sleep, 60 -Settings @{ RunTimeout = 1 } | Wait-RunAiWorkload");

        Assert.Equal("TimedOut", Assert.Single(result.Output).Properties["State"].Value.ToString());
        Assert.Contains("RunTimeout", result.TheError.ToString(), StringComparison.Ordinal);
        _workspace.Run("Get-RunAiWorkload runai-brief-* | Remove-RunAiWorkload").ThrowIfFailed();
    }

    [Fact]
    public void Wait_ForADeserializedRun_FindsItById()
    {
        var workload = _workspace.Run("""
            $run = Submit-RunAiStep later -Image busybox -Command 'true'
            $text = [System.Management.Automation.PSSerializer]::Serialize($run)
            [System.Management.Automation.PSSerializer]::Deserialize($text) | Wait-RunAiWorkload
            """).TheOutput;

        Assert.Equal("Completed", workload.Properties["Phase"].Value);
    }

    [Fact]
    public void Wait_ForAStoppedWorkload_EndsWithAnErrorThatNamesResume()
    {
        _workspace.Run("$run = Submit-RunAiStep halt -Image busybox -Command sleep, 60; Stop-RunAiWorkload $run").ThrowIfFailed();

        var error = _workspace.Run("$run | Wait-RunAiWorkload").TheError;

        Assert.StartsWith("RunAi.WorkloadStopped,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Resume-RunAiWorkload", error.ToString(), StringComparison.Ordinal);
        _workspace.Run("$run | Resume-RunAiWorkload; $run | Remove-RunAiWorkload").ThrowIfFailed();
    }

    [Fact]
    public void Wait_WhenItsTimeRunsOut_StopsTheWorkloadAndSaysWhatIsLeft()
    {
        var result = _workspace.Run(
            "Submit-RunAiStep late -Image busybox -Command sleep, 60 -Settings @{ WorkloadTimeout = 2 } | Wait-RunAiWorkload");

        var run = Assert.Single(result.Output);
        Assert.Equal("TimedOut", run.Properties["State"].Value.ToString());
        Assert.True((DateTimeOffset)run.Properties["StartedAt"].Value >= (DateTimeOffset)run.Properties["SubmittedAt"].Value);
        Assert.True((TimeSpan)run.Properties["Duration"].Value >= TimeSpan.FromSeconds(1.5));
        var error = result.TheError;
        Assert.StartsWith("RunAi.WorkloadTimeout,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("WorkloadTimeout", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Remove-RunAiWorkload runai-late-", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            _plane.Effects(),
            e => (string)e!["kind"]! == "stopped" && ((string)e["name"]!).StartsWith("runai-late-", StringComparison.Ordinal));
    }

    [Fact]
    public void Wait_ThroughAnOutage_WarnsAndGoesOn()
    {
        _workspace.Run("$run = Submit-RunAiStep calm -Image busybox -Command sleep, 1").ThrowIfFailed();
        _plane.AddFault(new { method = "GET", path = "/api/v1/workloads/*", kind = "html", count = 8 });

        var result = _workspace.Run("$run | Wait-RunAiWorkload");

        Assert.Equal("Succeeded", result.TheOutput.Properties["State"].Value.ToString());
        Assert.NotEmpty(result.Warnings);
        Assert.DoesNotContain(_plane.Effects(), e => (string)e!["kind"]! is "stopped" or "deleted"
            && ((string)e["name"]!).StartsWith("runai-calm-", StringComparison.Ordinal));
    }

    [Fact]
    public void Wait_ThroughAGatewaysNotFound_DoesNotTakeItForADeletion()
    {
        _workspace.Run("$run = Submit-RunAiStep there -Image busybox -Command sleep, 2").ThrowIfFailed();
        _plane.AddFault(new { method = "GET", path = "/api/v1/workloads*", kind = "status", status = 404, count = 8 });

        Assert.Equal("Succeeded", _workspace.Run("$run | Wait-RunAiWorkload").TheOutput.Properties["State"].Value.ToString());
    }

    [Fact]
    public void Wait_ForAWorkloadThatIsDeleted_SaysSo()
    {
        _workspace.Run("$run = Submit-RunAiStep gone -Image busybox -Command sleep, 60; $run | Remove-RunAiWorkload").ThrowIfFailed();

        var result = _workspace.Run("$run | Wait-RunAiWorkload");

        Assert.Equal("Deleted", Assert.Single(result.Output).Properties["State"].Value.ToString());
        Assert.StartsWith("RunAi.WorkloadDeleted,", result.TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Wait_ShowsProgressWithPhaseAndShare()
    {
        var result = _workspace.Run("Submit-RunAiStep shown -Image busybox -Command sleep, 2 -Settings @{ GpuPortionRequest = 0.25 } | "
            + "Wait-RunAiWorkload").ThrowIfFailed();

        Assert.Contains(result.Progress, p => p.Contains("Waiting for runai-shown-", StringComparison.Ordinal));
        Assert.Contains(result.Progress, p => p.Contains("0.25 GPU", StringComparison.Ordinal));
    }

    [Fact]
    public void Wait_StoppedByTheUser_LeavesTheWorkloadAlone()
    {
        var name = (string)_workspace.Run(
            "$run = Submit-RunAiStep free -Image busybox -Command sleep, 60; $run.WorkloadName").TheOutput.BaseObject;

        _workspace.Interrupt(
            "$run | Wait-RunAiWorkload",
            when: () => _plane.Effects().Any(e => (string)e!["name"]! == name && (string)e["phase"]! == "Running"));

        Assert.Contains($"Wait-RunAiWorkload {name}", _workspace.Host!.Text, StringComparison.Ordinal);
        Assert.Equal("Running", _workspace.Run("(Get-RunAiWorkload $args[0]).Phase", name).TheOutput.BaseObject);
        _workspace.Run("Remove-RunAiWorkload $args[0]", name).ThrowIfFailed();
    }

    [Fact]
    public void Invoke_StoppedByTheUser_SuspendsItsWorkloadAndSaysSo()
    {
        _workspace.Interrupt(
            "Invoke-RunAiStep owned -Image busybox -Command sleep, 60",
            when: () => _plane.Effects()
                .Any(e => ((string)e!["name"]!).StartsWith("runai-owned-", StringComparison.Ordinal) && (string)e["phase"]! == "Running"));

        Assert.Contains("is being suspended", _workspace.Host!.Text, StringComparison.Ordinal);
        Assert.Contains("Resume-RunAiWorkload runai-owned-", _workspace.Host.Text, StringComparison.Ordinal);
        Assert.Contains(
            _plane.Effects(),
            e => (string)e!["kind"]! == "stopped" && ((string)e["name"]!).StartsWith("runai-owned-", StringComparison.Ordinal));
    }

    [Fact]
    public void Invoke_OfAStepThatFails_IsATerminatingErrorWithPhaseAndExitCode()
    {
        var caught = _workspace.Run("""
            try { Invoke-RunAiStep broken -Image busybox -Command sh, -c, 'exit 3'; 'went on' }
            catch { "$($_.Exception.Phase) $($_.Exception.ExitCode) $($_.FullyQualifiedErrorId)" }
            """).TheOutput.BaseObject;

        Assert.Equal("Failed 3 RunAi.WorkloadFailed,RunAi.PowerShell.Commands.InvokeStepCommand", caught);
    }

    [Fact]
    public void Invoke_OfAStepThatSucceeds_ReturnsTheRun()
    {
        var run = _workspace.Run("Invoke-RunAiStep fine -Image busybox -Command 'true' -Settings @{ GpuPortionRequest = 0.5 }").TheOutput;

        Assert.Equal("Succeeded", run.Properties["State"].Value.ToString());
        Assert.Equal(0, run.Properties["ExitCode"].Value);
    }
}
