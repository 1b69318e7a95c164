using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(WorkloadCollection.Name)]
public sealed class WorkloadTests : IDisposable
{
    private readonly Workspace _workspace;

    public WorkloadTests(EmulatedControlPlane plane)
    {
        _workspace = new Workspace(plane);
        // One that an earlier test removed may still be listed while it goes.
        _workspace.Run("Get-RunAiWorkload | Remove-RunAiWorkload -Confirm:$false -ErrorAction SilentlyContinue");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Get_ByPatternPhaseAndId_FiltersAndCompletes()
    {
        _workspace.Run("""
            $a = Submit-RunAiStep alpha -Image busybox -Command 'true' | Wait-RunAiWorkload
            $b = Submit-RunAiStep beta -Image busybox -Command 'false' | Wait-RunAiWorkload -ErrorAction SilentlyContinue
            """);

        Assert.Equal("Completed", _workspace.Run("(Get-RunAiWorkload runai-a*).Phase").TheOutput.BaseObject);
        Assert.StartsWith(
            "runai-beta-", (string)_workspace.Run("(Get-RunAiWorkload -Phase Failed, Stopped).Name").TheOutput.BaseObject,
            StringComparison.Ordinal);
        Assert.Single(_workspace.Run("Get-RunAiWorkload runai-*ta-*").ThrowIfFailed().Output);
        Assert.Single(_workspace.Run("Get-RunAiWorkload runai-* -First 1").ThrowIfFailed().Output);

        var output = _workspace.Run("$a | Get-RunAiWorkload").TheOutput;
        Assert.Equal("demo", output.Properties["StepOperator"].Value);
        Assert.Equal("busybox", output.Properties["Image"].Value);
        Assert.NotNull(output.Properties["ClusterName"].Value);
        Assert.Contains("/workloads", (string)output.Properties["Url"].Value, StringComparison.Ordinal);
        Assert.Equal(1.0, output.Properties["GpuRequested"].Value);
    }

    [Fact]
    public void Get_OfWhatIsNotThere_IsAnErrorThatDoesNotEndTheRest()
    {
        var result = _workspace.Run(
            "Get-RunAiWorkload no-such; Get-RunAiWorkload -WorkloadId 11111111-2222-3333-4444-555555555555; 'goes on'");

        Assert.Equal("goes on", Assert.Single(result.Output).BaseObject);
        Assert.All(result.Errors, e => Assert.StartsWith("RunAi.WorkloadNotFound,", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(["no-such", "11111111-2222-3333-4444-555555555555"], result.Errors.Select(e => e.TargetObject));
    }

    [Fact]
    public void Remove_OfManyWithOneUnknown_RemovesTheOthers()
    {
        _workspace.Run("$runs = 1..2 | ForEach-Object { Submit-RunAiStep \"r$_\" -Image busybox -Command sleep, 60 }").ThrowIfFailed();

        var result = _workspace.Run("$runs[0].WorkloadName, 'no-such', $runs[1].WorkloadName | Remove-RunAiWorkload");

        Assert.StartsWith("RunAi.WorkloadNotFound,", result.TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("no-such", result.TheError.TargetObject);
        Assert.DoesNotContain(_workspace.Run("Get-RunAiWorkload").Output, w => (string)w.Properties["Phase"].Value == "Running");
    }

    [Fact]
    public void Stop_ResumeAndRemoveOfMany_AreOneRequestEachAndAnErrorForEachThatIsNotThere()
    {
        _workspace.Run("$runs = 1..3 | ForEach-Object { Submit-RunAiStep \"many$_\" -Image busybox -Command sleep, 60 }").ThrowIfFailed();
        var before = _workspace.Plane.LastRequest();
        const string Stranger = "11111111-2222-3333-4444-555555555555";

        var stop = _workspace.Run("$runs[0].WorkloadId, $runs[1].WorkloadId, $args[0], $runs[2].WorkloadId | Stop-RunAiWorkload", Stranger);

        Assert.StartsWith("RunAi.WorkloadNotFound,", stop.TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(Stranger, stop.TheError.TargetObject);
        Assert.Single(_workspace.Plane.Requests(before));
        Assert.Empty(_workspace.Run("$runs | Resume-RunAiWorkload").ThrowIfFailed().Warnings);
        _workspace.Run("$runs | Remove-RunAiWorkload").ThrowIfFailed();
        Assert.Equal(3, _workspace.Plane.Requests(before).Count);
        Assert.Equal(3, _workspace.Plane.Effects()
            .Count(e => (string)e!["kind"]! == "deleted" && ((string)e["name"]!).StartsWith("runai-many", StringComparison.Ordinal)));
    }

    [Fact]
    public void PassThru_GivesWhatTheRequestWasAcceptedForAndNothingElse()
    {
        _workspace.Run("$runs = 1..2 | ForEach-Object { Submit-RunAiStep \"pass$_\" -Image busybox -Command sleep, 60 }").ThrowIfFailed();

        var stop = _workspace.Run("$runs[0].WorkloadName, 'no-such', $runs[1].WorkloadId | Stop-RunAiWorkload -PassThru");

        Assert.Equal("no-such", stop.TheError.TargetObject);
        Assert.All(stop.Output, w => Assert.Contains((string)w.Properties["Phase"].Value, (string[])["Stopping", "Stopped"]));
        Poll.Until(() => _workspace.Run("$runs | Get-RunAiWorkload").Output.All(w => (string)w.Properties["Phase"].Value == "Stopped"));
        var resume = _workspace.Run("$runs[0] | Resume-RunAiWorkload -PassThru").ThrowIfFailed();
        Assert.NotEqual("Stopped", resume.TheOutput.Properties["Phase"].Value);
        Assert.Empty(_workspace.Run("$runs | Remove-RunAiWorkload -PassThru -WhatIf").ThrowIfFailed().Output);
        var removed = _workspace.Run("$runs | Remove-RunAiWorkload -PassThru").ThrowIfFailed().Output;
        foreach (var output in new[] { stop.Output, removed })
        {
            Assert.Equal(["RunAi.Workload", "RunAi.Workload"], output.Select(w => w.BaseObject.GetType().FullName));
            Assert.Equal(
                _workspace.Run("$runs.WorkloadId").Output.Select(id => (string)id.BaseObject),
                output.Select(w => (string)w.Properties["WorkloadId"].Value));
        }

        Assert.Equal("Stopped", removed[1].Properties["Phase"].Value);
        Assert.All(_workspace.Run("Get-RunAiWorkload runai-pass*").Output, w => Assert.Equal("Deleting", w.Properties["Phase"].Value));
    }

    [Fact]
    public void Stop_AndResumeOfWhatHasEnded_SaysThatItHasNoEffect()
    {
        _workspace.Run("$run = Submit-RunAiStep over -Image busybox -Command 'true' | Wait-RunAiWorkload").ThrowIfFailed();

        Assert.Contains(
            "is Completed: it has ended", Assert.Single(_workspace.Run("Stop-RunAiWorkload $run").ThrowIfFailed().Warnings),
            StringComparison.Ordinal);
        Assert.Contains(
            "is Completed: it has ended", Assert.Single(_workspace.Run("Resume-RunAiWorkload $run.WorkloadName").ThrowIfFailed().Warnings),
            StringComparison.Ordinal);
        Assert.Empty(_workspace.Run("Remove-RunAiWorkload $run").ThrowIfFailed().Warnings);
    }

    [Fact]
    public void Stop_WhatIf_TouchesNothing()
    {
        _workspace.Run("$run = Submit-RunAiStep keep -Image busybox -Command sleep, 60; $run | Stop-RunAiWorkload -WhatIf").ThrowIfFailed();

        Assert.NotEqual("Stopped", _workspace.Run("($run | Get-RunAiWorkload).Phase").TheOutput.BaseObject);
        _workspace.Run("$run | Remove-RunAiWorkload").ThrowIfFailed();
    }

    [Fact]
    public void Show_PassThru_GivesTheAddressOfAWorkloadThatExists()
    {
        var name = (string)_workspace.Run(
            "$run = Submit-RunAiStep page -Image busybox -Command 'true'; $run.WorkloadName").TheOutput.BaseObject;

        Assert.EndsWith(
            $"/workloads?search={name}", (string)_workspace.Run("$run | Show-RunAiWorkload -PassThru").TheOutput.BaseObject,
            StringComparison.Ordinal);
        Assert.EndsWith(
            $"/workloads?search={name}", (string)_workspace.Run($"Show-RunAiWorkload {name} -PassThru").TheOutput.BaseObject,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "RunAi.WorkloadNotFound,", _workspace.Run("Show-RunAiWorkload nope -PassThru").TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Get_WithAMistypedPhase_WarnsWithTheNearest()
    {
        Assert.Contains(
            "Did you mean Failed?", Assert.Single(_workspace.Run("Get-RunAiWorkload -Phase Faled").Warnings), StringComparison.Ordinal);
    }
}
