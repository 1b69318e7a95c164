using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

public sealed class MeasuringTests(MeasuredPlane measured) : IClassFixture<MeasuredPlane>, IDisposable
{
    private const string Submit =
        "-Image busybox -Command sleep, 1 -Settings @{ GpuPortionRequest = 0.5; CpuCoreRequest = 2 } | Wait-RunAiWorkload";
    private readonly Workspace _workspace = new(measured.Plane);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Metrics_OfARun_AreNumbersWithUnitsAndTimes()
    {
        _workspace.Run($"$run = Submit-RunAiStep numbers {Submit}; $all = $run | Get-RunAiWorkloadMetric -Samples 200").ThrowIfFailed();

        Assert.Equal(
            "CPU_MEMORY_USAGE_BYTES CPU_USAGE_CORES GPU_MEMORY_USAGE_BYTES GPU_UTILIZATION",
            Text("([System.Collections.Generic.SortedSet[string]]$all.Type) -join ' '"));
        Assert.Equal(
            "40 % 40%", Text("$one = @($all | Where-Object Type -eq GPU_UTILIZATION)[0]; \"$($one.Value) $($one.Unit) $($one.Text)\""));
        Assert.Equal("1.07 GB", Text("@($all | Where-Object Type -eq CPU_MEMORY_USAGE_BYTES)[0].Text"));
        Assert.Equal("True", Text("$w = $run | Get-RunAiWorkload; @($all | Where-Object { $_.Time -lt $w.CreatedAt -or $_.Time -gt "
            + "$w.CompletedAt }).Count -eq 0"));
        Assert.Equal("GPU_ALLOCATION 0.5 GPUs", Text("\"$(@(Get-RunAiWorkloadMetric $run.WorkloadName gpu_allocation -Samples 200)[0])\""));
    }

    [Fact]
    public void Metrics_OfPods_ComeForEachDevice_AlsoFromThePipeline()
    {
        _workspace.Run($"$run = Submit-RunAiStep pods {Submit}").ThrowIfFailed();

        var perPod = "Get-RunAiWorkloadMetric $run -PerPod -Type GPU_MEMORY_USAGE_BYTES_PER_GPU -Samples 200";
        Assert.Equal(
            "4294967296 bytes 0 True", Text($"$one = @({perPod})[0]; \"$($one.Value) $($one.Unit) $($one.Gpu) $([bool]$one.PodId)\""));
        Assert.Equal(
            Text($"@({perPod}).Count"),
            Text("@($run | Get-RunAiWorkloadPod | Get-RunAiWorkloadMetric -Type GPU_MEMORY_USAGE_BYTES_PER_GPU -Samples 200).Count"));
    }

    [Fact]
    public void Metrics_OfAnEmptySpanOrAMistypedName_AreToldOf()
    {
        _workspace.Run($"$run = Submit-RunAiStep span {Submit}").ThrowIfFailed();
        var since = measured.Plane.LastRequest();

        var error = _workspace.Run("Get-RunAiWorkloadMetric $run -Start 2026-01-02 -End 2026-01-01").TheError;

        Assert.StartsWith("RunAi.InvalidTimeRange,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(measured.Plane.Requests(since), request => request.EndsWith("/metrics", StringComparison.Ordinal));
        Assert.Contains(
            "Did you mean GPU_UTILIZATION?", Assert.Single(_workspace.Run("Get-RunAiWorkloadMetric $run -Type GPU_UTILISATION").Warnings),
            StringComparison.Ordinal);
        Assert.Contains(
            "GPU_SM_ACTIVITY_PER_GPU",
            Text("(TabExpansion2 'Get-RunAiWorkloadMetric x -PerPod -Type GPU_SM' 43).CompletionMatches.CompletionText -join ' '"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Measure_OfARun_SuggestsSettingsThatCanBeSubmitted()
    {
        _workspace.Run($"$usage = Submit-RunAiStep use {Submit} | Measure-RunAiWorkload").ThrowIfFailed();

        Assert.Equal("0.5 40 8589934592 4294967296 1.5 1073741824", Text("\"$($usage.GpuRequested) $($usage.GpuUtilizationPeak) "
            + "$($usage.GpuMemoryRequested) $($usage.GpuMemoryPeak) $($usage.CpuPeak) $($usage.MemoryPeak)\""));
        Assert.Equal("True", Text(
            "$usage.GpuHours -gt 0 -and $usage.GpuHours -lt 1 -and $usage.GpuIdleShare -eq 0 -and $usage.Missing.Count -eq 0"));
        // Half of a device has 8 GiB; 4 GiB and a fifth are 0.3 of it, and it was 40% busy.
        Assert.Equal("1 0.4 1.8 1280Mi", Text("$s = $usage.SuggestedSettings; \"$($s.GpuDevicesRequest) $($s.GpuPortionRequest) "
            + "$($s.CpuCoreRequest) $($s.CpuMemoryRequest)\""));
        _workspace.Run(
            "$again = Submit-RunAiStep again -Image busybox -Command 'true' -Settings $usage.SuggestedSettings | Wait-RunAiWorkload")
            .ThrowIfFailed();
        Assert.Equal("0.4", Text("($again | Get-RunAiWorkload).GpuRequested"));
    }

    [Fact]
    public void Measure_WhereAMetricIsLost_WarnsAndNamesIt()
    {
        var result = _workspace.Run($"Submit-RunAiStep lossy {Submit} | Measure-RunAiWorkload");

        Assert.Equal(["GPU_MEMORY_USAGE_BYTES"], (IReadOnlyList<string>)result.TheOutput.Properties["Missing"].Value);
        Assert.Contains("only in part (207)", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Null(result.TheOutput.Properties["GpuMemoryPeak"].Value);
        Assert.Null(((dynamic)result.TheOutput.Properties["SuggestedSettings"].Value).GpuPortionRequest);
    }

    [Fact]
    public void Measure_OfManyFromThePipeline_GivesOneForEachThatIsThere()
    {
        _workspace.Run($"$runs = 'm1', 'm2' | ForEach-Object {{ Submit-RunAiStep $_ {Submit} }}").ThrowIfFailed();

        var result = _workspace.Run("$runs[0].WorkloadName, 'no-such', $runs[1].WorkloadName | Measure-RunAiWorkload -Samples 100");

        Assert.Equal(2, result.Output.Count);
        Assert.StartsWith("RunAi.WorkloadNotFound,", result.TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private string Text(string script) => _workspace.Run(script).TheOutput.BaseObject.ToString()!;
}
