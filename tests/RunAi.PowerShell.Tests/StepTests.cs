using System.Management.Automation;
using System.Text.Json.Nodes;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(WorkloadCollection.Name)]
public sealed class StepTests(EmulatedControlPlane plane) : IDisposable
{
    private readonly Workspace _workspace = new(plane, record: true);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Settings_WithManyMistakes_TellThemAllInOneTerminatingError()
    {
        var caught = _workspace.Run("""
            try { New-RunAiStepSettings -GpuPortionRequest 1.5 -CpuCoreRequest 0 -CpuMemoryRequest 4Q -Parallelism 3 -Completions 2; 'went on' }
            catch { $_ }
            """).TheOutput;

        var error = Assert.IsType<ErrorRecord>(caught.BaseObject);
        Assert.StartsWith("RunAi.InvalidStepSettings,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(
            "GpuPortionRequest: 1.5 is above 1. Ask for GpuDevicesRequest 2 to get more than one GPU.", error.ToString(),
            StringComparison.Ordinal);
        Assert.All(
            ["CpuCoreRequest:", "CpuMemoryRequest:", "Parallelism:"],
            field => Assert.Contains(field, error.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Settings_WithUnknownKey_NameTheNearest()
    {
        var before = plane.LastRequest();

        var error = _workspace.Run("Submit-RunAiStep t -Image busybox -Settings @{ gpu_portion_requst = 0.5 }").TheError;

        Assert.Contains(
            "GpuPortionRequest", error.ToString().Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(plane.Requests(before));
    }

    [Fact]
    public void Submit_WithMistakes_SendsNothing()
    {
        var before = plane.LastRequest();

        var error = _workspace.Run("Submit-RunAiStep 'no name!' -Image '' -Command '', x -Environment @{ '1x' = '{{a.b}}' } -Settings @{ "
            + "cpu_core_request = 0.5; GpuDevicesRequest = 0 }").TheError;

        Assert.StartsWith("RunAi.InvalidStep,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.All(
            ["Name:", "Image:", "Command:", "Environment"],
            field => Assert.Contains(field, error.ToString(), StringComparison.Ordinal));
        Assert.Empty(plane.Requests(before));
    }

    [Fact]
    public void Submit_WhatIf_ShowsTheExactRequestAndSendsNone()
    {
        var result = _workspace.Run(
            "Submit-RunAiStep whatif -Image busybox -Command echo, 'a b' -Settings @{ GpuPortionRequest = 0.5 } -WhatIf");

        Assert.Empty(result.ThrowIfFailed().Output);
        var text = _workspace.Host!.Text;
        Assert.Contains("POST /api/v1/workloads/trainings", text, StringComparison.Ordinal);
        var body = JsonNode.Parse(text[text.IndexOf('{', StringComparison.Ordinal)..(text.LastIndexOf('}') + 1)])!;
        Assert.Equal("echo", (string)body["spec"]!["command"]!);
        Assert.Equal("'a b'", (string)body["spec"]!["args"]!);
        Assert.Equal(0.5, (double)body["spec"]!["compute"]!["gpuPortionRequest"]!);
        Assert.Equal(0, plane.Created("runai-whatif-"));
    }

    [Fact]
    public void Submit_WhenWarm_IsOneRequest()
    {
        _workspace.Run("Submit-RunAiStep first -Image busybox -Command 'true'").ThrowIfFailed();
        var before = plane.LastRequest();

        var run = _workspace.Run("Submit-RunAiStep second -Image busybox -Command 'true'").TheOutput;

        Assert.Equal(["POST /api/v1/workloads/trainings"], plane.Requests(before));
        Assert.Equal("Submitted", run.Properties["State"].Value.ToString());
        Assert.Equal("demo", run.Properties["StepOperator"].Value);
        Assert.Matches("^runai-second-[0-9a-z]{8}$", (string)run.Properties["WorkloadName"].Value);
    }

    [Fact]
    public void Submit_FromThePipeline_GoesOnAfterAFailure()
    {
        var result = _workspace.Run("""
            $steps = foreach ($i in 1..3) { New-RunAiStep "fold$i" -Image busybox -Command 'true' }
            $steps[1].Image = ''
            $steps | Submit-RunAiStep
            """);

        Assert.Equal(2, result.Output.Count);
        Assert.Null(result.Terminating);
        Assert.StartsWith("RunAi.InvalidStep,", result.TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Submit_WhenTheAnswerIsLostAfterTheEffect_AdoptsTheOneWorkload()
    {
        plane.AddFault(new { method = "POST", path = "/api/v1/workloads/trainings", kind = "drop", when = "after", count = 1 });

        var run = _workspace.Run("Submit-RunAiStep lost -Image busybox -Command 'true'").TheOutput;

        Assert.NotNull(run.Properties["WorkloadId"].Value);
        Assert.Equal(1, plane.Created("runai-lost-"));
    }

    [Fact]
    public void Submit_WhenANameIsSaidToBeTakenAndIsNot_SendsItAgain()
    {
        plane.AddFault(new { method = "POST", path = "/api/v1/workloads/trainings", kind = "status", status = 409, count = 1 });

        _workspace.Run("Submit-RunAiStep taken -Image busybox -Command 'true'").ThrowIfFailed();

        Assert.Equal(1, plane.Created("runai-taken-"));
    }

    [Fact]
    public void Submit_WhenTheRequestIsLostBeforeTheEffect_CreatesOneWorkload()
    {
        plane.AddFault(new { method = "POST", path = "/api/v1/workloads/trainings", kind = "status", status = 503, count = 1 });

        _workspace.Run("Submit-RunAiStep early -Image busybox -Command 'true'").ThrowIfFailed();

        Assert.Equal(1, plane.Created("runai-early-"));
    }

    [Fact]
    public void Submit_ToAnUnknownProject_ListsThoseThatCanBeSeen()
    {
        _workspace.Run("Set-RunAiStepOperator demo -ProjectName demmo").ThrowIfFailed();

        var error = _workspace.Run("Submit-RunAiStep t -Image busybox").TheError;

        Assert.StartsWith("RunAi.ProjectNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'demo'?", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("vision", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("demmo", error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Submit_WithAWrongSecret_SaysWhereItIsKept()
    {
        _workspace.Set("RUNAI_TEST_SECRET", "wrong-canary");

        var error = _workspace.Run("Disconnect-RunAi; Submit-RunAiStep t -Image busybox").TheError;

        Assert.StartsWith("RunAi.AuthenticationFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(Workspace.SecretReference, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-canary", error.ToString() + error.Exception, StringComparison.Ordinal);
    }

    [Fact]
    public void Submit_WithoutAnyOperator_SaysHowToRegisterOne()
    {
        _workspace.Run("Unregister-RunAiStepOperator demo").ThrowIfFailed();

        var error = _workspace.Run("Submit-RunAiStep t -Image busybox").TheError;

        Assert.StartsWith("RunAi.StepOperatorNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Register-RunAiStepOperator", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Submit_AgainstThePolicy_NamesEachField()
    {
        plane.SetPolicy(new { compute = new { cpuCoreRequest = new { max = 2 }, gpuPortionRequest = new { max = 0.5 } } });
        try
        {
            var error = _workspace.Run(
                "Disconnect-RunAi; Submit-RunAiStep t -Image busybox -Settings @{ CpuCoreRequest = 4; GpuPortionRequest = 0.9 }").TheError;

            Assert.StartsWith("RunAi.SubmissionRejected,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("compute.cpuCoreRequest", error.ToString(), StringComparison.Ordinal);
            Assert.Contains("compute.gpuPortionRequest", error.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            plane.ClearPolicy();
        }
    }

    [Fact]
    public void Step_InConstrainedLanguage_RunsFromSettingsToResult()
    {
        _workspace.Shell.Runspace.SessionStateProxy.LanguageMode = PSLanguageMode.ConstrainedLanguage;

        var run = _workspace.Run("""
            $settings = New-RunAiStepSettings -GpuPortionRequest 0.25
            New-RunAiStep clm -Image busybox -Command sh, -c, 'exit 0' -Environment @{ A = 'b' } -Settings $settings | Submit-RunAiStep | Wait-RunAiWorkload
            """).TheOutput;

        Assert.Equal("Succeeded", run.Properties["State"].Value.ToString());
    }
}
