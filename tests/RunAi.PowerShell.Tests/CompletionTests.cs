using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(CrowdCollection.Name)]
public sealed class CompletionTests(CrowdedPlane crowd) : IDisposable
{
    private readonly Workspace _workspace = new(crowd.Plane);

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("Get-RunAiProject v", "vision-and-speech-research")]
    [InlineData("Get-RunAiProject -Cluster l", "local")]
    [InlineData("Get-RunAiNode -NodePool a100", "a100 a100-mig")]
    [InlineData("Get-RunAiNode gpu-", "gpu-1 gpu-2")]
    [InlineData("Get-RunAiNodePool d", "default")]
    [InlineData("Get-RunAiCluster ", "local")]
    [InlineData("Get-RunAiNode -Status N", "NotReady")]
    [InlineData("Get-RunAiNodePool -Status U", "Unschedulable Updating")]
    [InlineData("Get-RunAiCluster -Status Miss", "MissingPrerequisites")]
    [InlineData("Get-RunAiProject -Status Init", "Initializing")]
    [InlineData("Get-RunAiNode -StepOperator demo -NodePool de", "default")]
    [InlineData("Set-RunAiStepOperator demo -ProjectName i", "idle")]
    [InlineData("New-RunAiStepSettings -NodePools a", "a100 a100-mig")]
    [InlineData("New-RunAiStepSettings -PriorityClass m", "medium-low medium medium-high")]
    public void Names_OfTheLiveControlPlane_AreOffered(string line, string offered)
    {
        _workspace.Run("Connect-RunAi").ThrowIfFailed();

        Comes(offered, line);
    }

    [Fact]
    public void Workloads_OfTheProject_AreOfferedTheNewestFirst()
    {
        _workspace.Run("$one = Submit-RunAiStep comp-one -Image busybox -Command 'true' -GpuDevicesRequest 0; $two = Submit-RunAiStep "
            + "comp-two -Image busybox -Command 'true'");
        var names = _workspace.Run("Get-RunAiWorkload runai-comp-*").ThrowIfFailed().Output
            .Select(output => (string)output.Properties["Name"].Value).ToList();

        Comes(string.Join(' ', names), "Get-RunAiWorkload runai-comp-");
        Comes(string.Join(' ', names), "Stop-RunAiWorkload runai-comp-");
        Comes(
            string.Join(' ', names.Where(name => name.Contains("two", StringComparison.Ordinal))),
            "Get-RunAiWorkloadEvent -Workload runai-comp-tw");
        _workspace.Run("Get-RunAiWorkload runai-comp-* | Remove-RunAiWorkload").ThrowIfFailed();
    }

    [Theory]
    [InlineData("Receive-RunAiStepLog $run -Replica ", "master worker-0 worker-1")]
    [InlineData("Receive-RunAiStepLog repl -Replica master, w", "worker-0 worker-1")]
    [InlineData("Get-RunAiWorkloadLog $workload -Replica m", "master")]
    [InlineData("Get-RunAiWorkloadLog -Workload $run -Pod w", "worker-0 worker-1")]
    [InlineData("Receive-RunAiStepLog -RunKey KEY -Replica m", "master")]
    [InlineData("Receive-RunAiStepLog $single -Replica m", "")]
    public void Replicas_OfTheRunThatWasGiven_AreOffered(string line, string offered)
    {
        var key = $"repl-{Guid.NewGuid():N}";
        _workspace.Run("$run = Submit-RunAiStep repl -Image busybox -Command sleep, 60 -DistributedFramework PyTorch -Workers 2 -RunKey "
            + "$args[0] -Settings @{ GpuDevicesRequest = 0 };$single = Submit-RunAiStep single -Image busybox -Command 'true' -Settings @{ "
            + "GpuDevicesRequest = 0 }; $workload = $run | Get-RunAiWorkload",
            key).ThrowIfFailed();

        Comes(offered, line.Replace("KEY", key, StringComparison.Ordinal));

        _workspace.Run("$run, $single | Remove-RunAiWorkload").ThrowIfFailed();
    }

    [Fact]
    public void Names_WithoutASession_ComeWithCredentialsOfTheEnvironment()
    {
        _workspace.Run("Disconnect-RunAi");

        Comes("demo", "Get-RunAiProject d");
    }

    [Fact]
    public void Names_WhenTheControlPlaneIsSlow_AreNotWaitedFor()
    {
        _workspace.Run("Connect-RunAi").ThrowIfFailed();
        crowd.Plane.AddFault(new { method = "GET", path = "/api/v1/org-unit/projects", kind = "latency", milliseconds = 60_000 });
        var started = TimeProvider.System.GetTimestamp();

        Assert.Equal("", Offered("Get-RunAiProject d"));
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(60), "It waited for the answer.");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("drop")]
    [InlineData("html")]
    public void Names_WhenTheControlPlaneFails_AreSilentlyNone(string fault)
    {
        _workspace.Run("Connect-RunAi").ThrowIfFailed();
        crowd.Plane.AddFault(new { method = "GET", path = "/api/v1/*", kind = fault, status = 500 });

        var result = _workspace.Run(
            "$Error.Clear(); (TabExpansion2 'Get-RunAiProject d' 18).CompletionMatches.CompletionText; $Error.Count");

        Assert.Equal([null, 0], result.ThrowIfFailed().Output.Select(output => output?.BaseObject));
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Priorities_WhenNothingIsRegistered_AreThoseOfTheApi()
    {
        _workspace.Run("Unregister-RunAiStepOperator demo -Confirm:$false").ThrowIfFailed();

        Assert.Equal("very-low very-high", Offered("New-RunAiStepSettings -PriorityClass v"));
        Assert.Equal("", Offered("Get-RunAiProject d"));
    }

    /// <summary>On a busy machine the answer may be late for the first key press, and is there for another.</summary>
    private void Comes(string offered, string line)
    {
        var last = "";
        Poll.Until(() => (last = Offered(line)) == offered);
        Assert.Equal(offered, last);
    }

    private string Offered(string line) => string.Join(' ', _workspace
        .Run($"(TabExpansion2 '{line}' {line.Length}).CompletionMatches.CompletionText").ThrowIfFailed().Output
        .Select(output => output?.ToString()));
}
