using System.Text.Json.Nodes;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(WorkloadCollection.Name)]
public sealed class DistributedStepTests(EmulatedControlPlane plane) : IDisposable
{
    private const string Cpu = "-Settings @{ GpuDevicesRequest = 0 }";
    private readonly Workspace _workspace = new(plane, record: true);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Submit_WhenWarm_IsOneRequestToTheOtherEndpoint()
    {
        _workspace.Run(
            $"Submit-RunAiStep first -Image busybox -Command 'true' {Cpu} -DistributedFramework PyTorch -Workers 2").ThrowIfFailed();
        var before = plane.LastRequest();

        var run = _workspace.Run(
            $"Submit-RunAiStep second -Image busybox -Command 'true' {Cpu} -DistributedFramework pytorch -Workers 2").TheOutput;

        Assert.Equal(["POST /api/v1/workloads/distributed"], plane.Requests(before));
        Assert.Equal("PyTorch", run.Properties["DistributedFramework"].Value);
        Assert.Equal(
            "Completed",
            _workspace.Run("$args[0] | Wait-RunAiWorkload | Get-RunAiWorkload | ForEach-Object Phase", run).TheOutput.BaseObject);
    }

    [Fact]
    public void WhatIf_ShowsMasterAndWorkers()
    {
        _workspace.Run("""
            $step = New-RunAiStep many -Image busybox -Command torchrun, train.py -DistributedFramework PyTorch -Workers 3 -MinReplicas 2 -MaxReplicas 4 `
                -MasterSettings @{ gpu_devices_request = 0 } -MasterCommand lead -MasterImage lead -MasterEnvironment @{ A = 1 } -CleanPodPolicy All
            $step | Submit-RunAiStep -WhatIf
            """).ThrowIfFailed();

        var text = _workspace.Host!.Text;
        Assert.Contains("POST /api/v1/workloads/distributed", text, StringComparison.Ordinal);
        var body = JsonNode.Parse(text[text.IndexOf('{', StringComparison.Ordinal)..(text.LastIndexOf('}') + 1)])!;
        Assert.Equal(
            (3, "torchrun", "All"),
            ((int)body["spec"]!["numWorkers"]!, (string)body["spec"]!["command"]!, (string)body["spec"]!["cleanPodPolicy"]!));
        Assert.Equal(("lead", 0), ((string)body["masterSpec"]!["command"]!, (int)body["masterSpec"]!["compute"]!["gpuDevicesRequest"]!));
        Assert.Equal(0, plane.Created("runai-many-"));
    }

    [Fact]
    public void Submit_WithMistakes_TellsThemAllAndSendsNothing()
    {
        var before = plane.LastRequest();

        var error = _workspace.Run("Submit-RunAiStep t -Image busybox -Command x -Workers 0 -SlotsPerWorker 2 -NoMaster -MasterCommand "
            + "lead -Settings @{ Completions = 2 }").TheError;

        Assert.StartsWith("RunAi.InvalidStep,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.All(
            ["DistributedFramework:", "Workers:", "MasterCommand:", "Completions:"],
            field => Assert.Contains(field, error.ToString(), StringComparison.Ordinal));
        Assert.Empty(plane.Requests(before));
    }

    [Fact]
    public void StopResumeAndRemove_OfARunAnIdAndAName_WorkAsForAnyOther()
    {
        _workspace.Run($"$run = Submit-RunAiStep long -Image busybox -Command sleep, 600 {Cpu} -DistributedFramework PyTorch -Workers 2")
            .ThrowIfFailed();

        _workspace.Run("$run | Stop-RunAiWorkload").ThrowIfFailed();
        var stopped = _workspace.Run("$run | Wait-RunAiWorkload").TheError;
        _workspace.Run("Resume-RunAiWorkload $run.WorkloadName").ThrowIfFailed();
        var row = _workspace.Run("Get-RunAiWorkload -WorkloadId $run.WorkloadId").TheOutput;
        _workspace.Run("Remove-RunAiWorkload -WorkloadId $run.WorkloadId").ThrowIfFailed();

        Assert.StartsWith("RunAi.WorkloadStopped,", stopped.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("Distributed", row.Properties["Type"].Value);
        Assert.Equal(
            ["stopped", "resumed", "deleted"],
            plane.Effects().Where(e => ((string)e!["name"]!).StartsWith("runai-long-", StringComparison.Ordinal))
                .Select(e => (string)e!["kind"]!)
                .Where(kind => kind is "stopped" or "resumed" or "deleted"));
    }

    [Fact]
    public void RunKey_AskedTwice_IsOneDistributedWorkload()
    {
        const string Submit = "Submit-RunAiStep keyed -Image busybox -Command sleep, 600 -Settings @{ GpuDevicesRequest = 0 } "
            + "-DistributedFramework PyTorch -RunKey dist/1 ";

        var first = _workspace.Run(Submit + "-Workers 2").TheOutput.Properties["WorkloadId"].Value;
        var second = _workspace.Run(Submit + "-Workers 2").TheOutput.Properties["WorkloadId"].Value;
        var other = _workspace.Run(Submit + "-Workers 3").TheError;

        Assert.Equal(first, second);
        Assert.Equal(1, plane.Created("runai-keyed-"));
        Assert.StartsWith("RunAi.RunConflict,", other.FullyQualifiedErrorId, StringComparison.Ordinal);
        _workspace.Run("Get-RunAiStepRun -StepName keyed | Remove-RunAiStepRun -Force -Confirm:$false").ThrowIfFailed();
    }

    [Fact]
    public void Invoke_WithAWorkerThatFails_TellsWhichPodItWas()
    {
        var error = _workspace.Run(
            $"Invoke-RunAiStep broken -Image busybox -Command sh, -c, 'test $RANK != 2 || exit 3; exec sleep 600' {Cpu} "
            + "-DistributedFramework PyTorch -Workers 2").TheError;

        Assert.StartsWith("RunAi.WorkloadFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("worker-1 failed with exit code 3", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_Complete()
    {
        Assert.Contains(
            "XGBoost",
            _workspace.Run("(TabExpansion2 'Submit-RunAiStep x -DistributedFramework X' 42).CompletionMatches.CompletionText").Output
                .Select(output => output.ToString()));
    }
}
