using System.Management.Automation;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>
/// Steps with code, inputs and outputs, really run: image in a layout folder, artifacts in a folder, the emulator's processes.
/// </summary>
[Collection(RunCollection.Name)]
public sealed class RunnerStepTests : IDisposable
{
    private const string Train =
        "Invoke-RunAiStep train -Source \"$f/src\" -BaseImage \"oci:$f/base\" -Settings @{ GpuDevicesRequest = 0 } -Input @{ data = "
        + "\"$f/data\"; seed = \"$f/seed.txt\" } -Output model -Command sh, train.sh, '{{inputs.data}}', '{{inputs.seed}}', "
        + "'{{outputs.model}}' ";

    private readonly EmulatedControlPlane _plane;
    private readonly Workspace _workspace;

    public RunnerStepTests(EmulatedControlPlane plane)
    {
        _plane = plane;
        _workspace = Workspace.WithStack(plane);
        _workspace.Write("src/train.sh", """
            echo "training on $(ls "$1")"
            printf '\033[31mwarning\033[0m\n' >&2
            mkdir "$3"
            cat "$1/a.csv" "$2" > "$3/weights"
            """);
        _workspace.Write("data/a.csv", "1,2\n");
        _workspace.Write("seed.txt", "42\n");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Invoke_BringsCodeAndDataThere_ShowsTheLog_AndBringsTheOutputBack()
    {
        var result = _workspace.Run(Train);

        var run = result.TheOutput;
        Assert.Equal(("Succeeded", 0), (run.Properties["State"].Value.ToString(), run.Properties["ExitCode"].Value));
        Assert.Contains("training on a.csv", result.Information);
        Assert.Contains("warning", result.Information);
        Assert.Contains("training on a.csv", _workspace.Host!.Text, StringComparison.Ordinal);
        _workspace.Run("$args[0].Outputs.model | Save-RunAiArtifact -Destination \"$f/saved\"", run).ThrowIfFailed();
        Assert.Equal("1,2\n42\n", File.ReadAllText(
            Directory.GetFiles(Path.Combine(_workspace.Folder, "saved"), "weights", SearchOption.AllDirectories).Single()));
    }

    [Fact]
    public void Invoke_AnImageInAFolder_RunsItAsItIs()
    {
        var image = _workspace.Run(
            "Publish-RunAiStepImage \"$f/src\" -BaseImage \"oci:$f/base\" -Destination "
            + "\"oci:$f/images\"").TheOutput.Properties["Reference"].Value;

        var run = _workspace.Run(
            "New-RunAiStep plain -Image $args[0] -Settings @{ GpuDevicesRequest = 0 } -Command sh, -c, 'exec grep -q training train.sh' | "
            + "Invoke-RunAiStep",
            image).TheOutput;

        Assert.Equal("Succeeded", run.Properties["State"].Value.ToString());
        Assert.Equal(image, run.Properties["Image"].Value);
    }

    [Fact]
    public void SubmitWaitReceive_WorkApart_AndById()
    {
        var run = _workspace.Run(Train.Replace("Invoke", "Submit", StringComparison.Ordinal)).TheOutput;
        var id = (string)run.Properties["RunId"].Value;
        var log = _workspace.Run("$args[0] | Receive-RunAiStepLog -Wait", run).ThrowIfFailed();
        var waited = _workspace.Run("$args[0] | Wait-RunAiWorkload", run).TheOutput;

        Assert.Contains("training on a.csv", log.Output.Select(line => line.ToString()));
        Assert.Equal("Succeeded", waited.Properties["State"].Value.ToString());
        Assert.Equal("model", _workspace.Run("Receive-RunAiStep $args[0]", id).TheOutput.Properties["Name"].Value);
        Assert.Equal(
            ["warning"],
            _workspace.Run("Receive-RunAiStepLog $args[0] | Where-Object Stream -eq stderr", id).Output.Select(line => line.ToString()));
        Assert.Equal(["\u001b[31mwarning\u001b[0m"], _workspace
            .Run("Receive-RunAiStepLog $args[0] -Raw | Where-Object Stream -eq stderr", id).Output.Select(line => line.ToString()));
        Assert.Empty(_workspace.Run(
            "Receive-RunAiStepLog $args[0] -After ((Receive-RunAiStepLog $args[0])[-1].Position)", id).ThrowIfFailed().Output);
    }

    [Fact]
    public void Output_IsTheInputOfTheNextStep_AndCacheSparesTheWorkload()
    {
        var run = _workspace.Run(Train + "-Cache").TheOutput;
        var created = _plane.Created("runai-train");
        var again = _workspace.Run(Train + "-Cache").TheOutput;

        Assert.Equal((true, "Succeeded"), (again.Properties["IsCached"].Value, again.Properties["State"].Value.ToString()));
        Assert.Equal(created, _plane.Created("runai-train"));
        var score = _workspace.Run(
            "Invoke-RunAiStep score -BaseImage \"oci:$f/base\" -Settings @{ GpuDevicesRequest = 0 } -Input @{ model = $args[0] } -Command "
            + "sh, -c, 'cat \"$0/weights\"', '{{inputs.model}}'",
            again);
        Assert.Equal("Succeeded", score.TheOutput.Properties["State"].Value.ToString());
        Assert.Contains("42", score.Information);
    }

    [Fact]
    public void WhatIf_WithCache_TellsWhetherItWouldHit_AndStoresNothing()
    {
        _workspace.Write("src/new.txt", Guid.NewGuid().ToString());
        var what = Train.Replace("Invoke-RunAiStep", "Submit-RunAiStep", StringComparison.Ordinal) + "-Cache -WhatIf";
        string[] Stored() => Directory.GetFiles(_workspace.Folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/cache/", StringComparison.Ordinal) && !file.Contains("/state/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToArray();
        var before = Stored();

        _workspace.Run(what).ThrowIfFailed();
        Assert.Contains("Cache: miss.", _workspace.Host!.Text, StringComparison.Ordinal);
        Assert.Equal(before, Stored());

        var run = _workspace.Run(Train + "-Cache").TheOutput;
        _workspace.Run(what).ThrowIfFailed();
        Assert.Contains($"Cache: hit. The outputs of run {run.Properties["RunId"].Value}", _workspace.Host!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_TellsExitCodeAndLastLines()
    {
        _workspace.Write("src/train.sh", "echo no data >&2; exit 7");

        var result = _workspace.Run(Train);
        var error = result.TheError;

        Assert.StartsWith("RunAi.WorkloadFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("exit code 7", error.ToString(), StringComparison.Ordinal);

        // Its log was shown live, and so is not said again; it stays in the error's exception.
        Assert.Contains("no data", result.Information);
        Assert.DoesNotContain("Last lines of its log", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("no data", (IEnumerable<string>)PSObject.AsPSObject(error.Exception).Properties["LastLogLines"].Value);
    }

    [Fact]
    public void Diagnosis_OfAnEndedRun_ReadsResultAndLog_ByNameAsByRun()
    {
        _workspace.Write("src/train.sh", "echo no data >&2; exit 7");
        _workspace.Run($"try {{ {Train} }} catch {{ }}").ThrowIfFailed();
        var run = _workspace.Run("Get-RunAiStepRun -First 1").TheOutput;

        foreach (var how in new[]
        {
            "$args[0] | Get-RunAiWorkloadDiagnosis",
            "Get-RunAiWorkloadDiagnosis $args[0].WorkloadName",
            "Get-RunAiWorkload $args[0].WorkloadName | Get-RunAiWorkloadDiagnosis",
        })
        {
            var diagnosis = _workspace.Run(how, run).TheOutput;
            Assert.Equal(("UserCode", 7), (diagnosis.Properties["Cause"].Value.ToString(), diagnosis.Properties["ExitCode"].Value));
            Assert.Contains("Log", _workspace.Run("$args[0].Evidence.Source", diagnosis).Output.Select(source => source.ToString()));
            Assert.Contains("no data", _workspace.Run("$args[0].Evidence.Text", diagnosis).Output.Select(text => text.ToString()));
        }

        File.WriteAllText(Directory.GetFiles(_workspace.Folder, "result.json", SearchOption.AllDirectories).Single(), "no result");
        var blind = _workspace.Run("$args[0] | Get-RunAiWorkloadDiagnosis", run).TheOutput;
        Assert.Contains("its result and log", string.Join('\n', _workspace.Run("$args[0].Unread", blind).Output), StringComparison.Ordinal);
        Assert.Equal("UserCode", blind.Properties["Cause"].Value.ToString());
    }

    [Fact]
    public void Workload_HoldsNoMoreThanTheManifestsAddress_AndWhatIfStoresNothing()
    {
        var shown = _workspace.Run(Train + "-WhatIf").ThrowIfFailed();
        Assert.Empty(shown.Output);
        Assert.False(Directory.Exists(Path.Combine(_workspace.Folder, "images")));
        Assert.Contains("/.runai/step-runner", _workspace.Host!.Text, StringComparison.Ordinal);

        var since = _plane.LastRequest();
        _workspace.Run(Train.Replace("Invoke", "Submit", StringComparison.Ordinal)).ThrowIfFailed();
        Assert.Equal(
            ["POST /api/v1/workloads/trainings"], _plane.Requests(since).Where(r => r.StartsWith("POST", StringComparison.Ordinal)));
        Assert.DoesNotContain("train.sh", _plane.RequestsInFull()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void StepWithoutAStack_SaysWhatIsMissing()
    {
        _workspace.Run("Unregister-RunAiStack local").ThrowIfFailed();

        var error = _workspace.Run(Train).TheError;

        Assert.StartsWith("RunAi.InvalidStack,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Register-RunAiStack", error.ToString(), StringComparison.Ordinal);
    }
}
