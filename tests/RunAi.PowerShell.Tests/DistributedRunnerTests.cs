using System.Management.Automation;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>
/// A master and two workers that really run: each in a process of its own, with the step runner and the variables of PyTorch.
/// </summary>
[Collection(RunCollection.Name)]
public sealed class DistributedRunnerTests : IDisposable
{
    private const string Train =
        "Invoke-RunAiStep ddp -Source \"$f/src\" -BaseImage \"oci:$f/base\" -Settings @{ GpuDevicesRequest = 0 } -Input @{ data = "
        + "\"$f/data.txt\" } -Output model -Environment @{ MEET = \"$f/meet\" } -DistributedFramework PyTorch -Workers 2 -Command sh, "
        + "train.sh, '{{inputs.data}}', '{{outputs.model}}' ";

    private readonly Workspace _workspace;

    public DistributedRunnerTests(EmulatedControlPlane plane)
    {
        _workspace = Workspace.WithStack(plane);

        // The master ends when both workers have; one with a mark of its own fails, after which the others would wait for ever.
        _workspace.Write("src/train.sh", """
            echo "$RUNAI_REPLICA is $RANK of $WORLD_SIZE and reads $(cat "$1")"
            [ ! -e "$MEET/fail-$RANK" ] || { echo "no such layer" >&2; exit 3; }
            [ ! -e "$MEET/long" ] || exec sleep 600
            echo "by $RUNAI_REPLICA" > "$2"
            [ "$RANK" != 0 ] || { until [ -e "$MEET/1" ] && [ -e "$MEET/2" ]; do sleep 0.05; done; sleep 1; exit 0; }
            touch "$MEET/$RANK"
            """);
        _workspace.Write("data.txt", "42\n");
        Directory.CreateDirectory(Path.Combine(_workspace.Folder, "meet"));
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Invoke_AMasterAndTwoWorkers_TellsTheirLogsApart_AndBringsTheMastersOutput()
    {
        var result = _workspace.Run(Train);

        var run = result.TheOutput;
        Assert.Equal(("Succeeded", 0), (run.Properties["State"].Value.ToString(), run.Properties["ExitCode"].Value));
        Assert.All(
            [
                "[master] master is 0 of 3 and reads 42", "[worker-0] worker-0 is 1 of 3 and reads 42",
                "[worker-1] worker-1 is 2 of 3 and reads 42",
            ],
            line => Assert.Contains(line, result.Information));
        Assert.Equal(
            ["master Succeeded 0", "worker-0 Succeeded 0", "worker-1 Succeeded 0"],
            Lines("$args[0].Replicas | ForEach-Object { \"$($_.Name) $($_.State) $($_.ExitCode)\" }", run));
        _workspace.Run("$args[0].Outputs.model | Save-RunAiArtifact -Destination \"$f/saved\"", run).ThrowIfFailed();
        Assert.Equal(
            "by master\n",
            File.ReadAllText(Directory.GetFiles(Path.Combine(_workspace.Folder, "saved"), "*", SearchOption.AllDirectories).Single()));

        var id = run.Properties["RunId"].Value;
        Assert.Equal(
            ["worker-1 is 2 of 3 and reads 42"],
            Lines("(Receive-RunAiStepLog $args[0] -Replica worker-1 | Where-Object Stream -eq stdout).Text", id));
        Assert.Equal(["worker-1"], Lines("(Receive-RunAiStepLog $args[0] -Replica worker-1 -Tail 1).Replica", id));
        Assert.Equal(
            ["master", "worker-0", "worker-1"],
            Lines("Receive-RunAiStepLog $args[0] | Where-Object Stream -eq stdout | ForEach-Object Replica", id).Order());
        Assert.Empty(_workspace.Run(
            "Receive-RunAiStepLog $args[0] -After ((Receive-RunAiStepLog $args[0])[-1].Position)", id).ThrowIfFailed().Output);
        Assert.Equal(
            ["master Succeeded", "worker-0 Succeeded", "worker-1 Succeeded"],
            Lines("(Get-RunAiStepRun $args[0]).Replicas | ForEach-Object { \"$($_.Name) $($_.State)\" }", id));
        Assert.StartsWith(
            "RunAi.ReplicaNotFound,", _workspace.Run("Receive-RunAiStepLog $args[0] -Replica worker-7", id).TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Invoke_WithAWorkerThatFails_FailsWithItsNameItsCodeAndItsLastLines()
    {
        _workspace.Write("meet/fail-2", "");

        var error = _workspace.Run(Train).TheError;

        Assert.StartsWith("RunAi.WorkloadFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("Step 'ddp' failed in worker-1 with exit code 3", error.ToString(), StringComparison.Ordinal);
        // Its log was shown live, and stays in the exception.
        Assert.Contains("no such layer", (IEnumerable<string>)PSObject.AsPSObject(error.Exception).Properties["LastLogLines"].Value);
        Assert.Contains("The command of worker-1 ended with exit code 3.", error.ToString(), StringComparison.Ordinal);
        var run = _workspace.Run("Get-RunAiStepRun -StepName ddp -First 1").TheOutput;
        Assert.Equal(("Failed", 3), (run.Properties["State"].Value.ToString(), run.Properties["ExitCode"].Value));
        Assert.StartsWith(
            "Step 'ddp' failed in worker-1", _workspace.Run("$args[0] | Receive-RunAiStep", run).TheError.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Submit_StopResumeAndRemove_TakeAllReplicasAlong()
    {
        _workspace.Write("meet/long", "");
        var run = _workspace.Run(Train.Replace("Invoke", "Submit", StringComparison.Ordinal)).TheOutput;
        UntilAllHaveBegun(run);

        _workspace.Run("$args[0] | Stop-RunAiWorkload", run).ThrowIfFailed();
        Assert.StartsWith(
            "RunAi.WorkloadStopped,", _workspace.Run("$args[0] | Wait-RunAiWorkload", run).TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
        File.Delete(Path.Combine(_workspace.Folder, "meet", "long"));
        _workspace.Run("$args[0] | Resume-RunAiWorkload", run).ThrowIfFailed();
        var ended = _workspace.Run("$args[0] | Wait-RunAiWorkload", run).TheOutput;
        _workspace.Run("$args[0] | Remove-RunAiStepRun -Force -Confirm:$false", run).ThrowIfFailed();

        Assert.Equal("Succeeded", ended.Properties["State"].Value.ToString());
        Assert.StartsWith(
            "RunAi.RunNotFound,", _workspace.Run("Get-RunAiStepRun $args[0]", run.Properties["RunId"].Value).TheError.FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.GetFiles(Path.Combine(_workspace.Folder, "store"), "*", SearchOption.AllDirectories),
            path => path.Contains((string)run.Properties["RunId"].Value, StringComparison.Ordinal));
    }

    private void UntilAllHaveBegun(object run)
    {
        const string Replicas = "Receive-RunAiStepLog $args[0] | Where-Object Stream -eq stdout | ForEach-Object Replica";
        Assert.True(Poll.Until(() => Lines(Replicas, run).Length >= 3), "Not all replicas have begun.");
    }

    private string[] Lines(string script, object? argument) =>
        [.. _workspace.Run(script, argument!).ThrowIfFailed().Output.Select(output => output.ToString())];
}
