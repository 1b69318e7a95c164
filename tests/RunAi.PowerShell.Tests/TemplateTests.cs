using System.Text.Json.Nodes;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>Workload templates from the shell, against an emulator that has many.</summary>
public sealed class TemplateTests(TemplateWorld world) : IClassFixture<TemplateWorld>, IDisposable
{
    private readonly Workspace _workspace = new(world.Plane);

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("Get-RunAiWorkloadTemplate small, bare", "small,bare", "filterBy=name%3D%3Dsmall,workloadType%3D%3DTraining")]
    [InlineData("Get-RunAiWorkloadTemplate * -Scope Project", "bare,of-another", "scopeType%3D%3Dproject")]
    [InlineData("Get-RunAiWorkloadTemplate * -Runnable:$false", "bare,of-another", "runnable%3D%3Dfalse")]
    [InlineData("Get-RunAiWorkloadTemplate extra-* -First 2 -Descending", "extra-59,extra-58", "limit=2&sortOrder=desc&sortBy=name")]
    [InlineData("'small' | Get-RunAiWorkloadTemplate -WorkloadType All", "small", "filterBy=name%3D%3Dsmall")]
    [InlineData("Get-RunAiWorkloadTemplate small | Get-RunAiWorkloadTemplate", "small", "")]
    public void Templates_WithConditions_AreChosenByTheControlPlane(string command, string names, string query)
    {
        var since = world.Plane.LastRequest();

        Assert.Equal(
            names, string.Join(",", _workspace.Run(command).ThrowIfFailed().Output.Select(output => output.Properties["Name"].Value)));
        Assert.Contains(query, string.Join("\n", world.Plane.Queries("/api/v1/workload-templates", since)), StringComparison.Ordinal);
    }

    [Fact]
    public void Templates_All_ComeWithWhatTheySet()
    {
        Assert.Equal(TemplateWorld.Extra + 3, _workspace.Run("Get-RunAiWorkloadTemplate").ThrowIfFailed().Output.Count);
        var small = _workspace.Run("Get-RunAiWorkloadTemplate small").TheOutput;
        Assert.Equal(("tenant", "busybox", true, "A quarter of a GPU"), (
            (string)small.Properties["Scope"].Value, (string)small.Properties["Image"].Value, (bool)small.Properties["IsRunnable"].Value,
            (string)small.Properties["Description"].Value));
        Assert.Equal(0.25, _workspace.Run("(Get-RunAiWorkloadTemplate small).Spec.compute.gpuPortionRequest").TheOutput.BaseObject);
    }

    [Fact]
    public void Template_ThatIsNot_NamesTheNearest()
    {
        var error = _workspace.Run("Get-RunAiWorkloadTemplate smal").TheError;

        Assert.StartsWith("RunAi.WorkloadTemplateNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'small'?", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Step_WithATemplate_TakesFromItWhatNobodySet()
    {
        var run = _workspace.Run("Submit-RunAiStep t -Settings @{ workload_template = 'small'; CpuCoreRequest = 2 }").TheOutput;

        JsonNode spec = world.Plane.Training((string)run.Properties["WorkloadId"].Value)["spec"]!;
        Assert.Equal(
            ("busybox", 0.25, 2.0),
            ((string)spec["image"]!, (double)spec["compute"]!["gpuPortionRequest"]!, (double)spec["compute"]!["cpuCoreRequest"]!));
        Assert.Null(spec["backoffLimit"]);
    }

    [Fact]
    public void Step_WithATemplate_WhenWarm_IsOneRequest()
    {
        const string submit = "Submit-RunAiStep t -Image busybox -Settings (New-RunAiStepSettings -WorkloadTemplate small -NodePools "
            + "default -PriorityClass low)";
        _workspace.Run(submit).ThrowIfFailed();
        var since = world.Plane.LastRequest();

        _workspace.Run(submit).ThrowIfFailed();

        Assert.Equal(["POST /api/v1/workloads/trainings"], world.Plane.Requests(since));
    }

    [Theory]
    [InlineData(
        "@{ WorkloadTemplate = 'of-another' }", "RunAi.WorkloadTemplateNotFound,", "workload template of type Training named 'of-another'")]
    [InlineData(
        "@{ NodePools = 'a10' }", "RunAi.InvalidStepSettings,", "NodePools: 'a10' is no node pool that can be seen. Did you mean a100?")]
    [InlineData(
        "@{ PriorityClass = 'hihg' }", "RunAi.InvalidStepSettings,",
        "PriorityClass: 'hihg' is no priority class that can be seen. Did you mean high?")]
    [InlineData(
        "@{ WorkloadTemplate = 'a'; WorkloadTemplateId = '550e8400-e29b-41d4-a716-446655440000' }", "RunAi.InvalidStepSettings,",
        "WorkloadTemplate: is given beside WorkloadTemplateId")]
    public void Step_ThatNamesWhatIsNot_IsRefusedBeforeItIsSent(string settings, string id, string expected)
    {
        var since = world.Plane.LastRequest();

        var error = _workspace.Run($"Submit-RunAiStep t -Image busybox -Settings {settings}").TheError;

        Assert.StartsWith(id, error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("POST /api/v1/workloads/trainings", world.Plane.Requests(since));
    }

    [Fact]
    public void Names_OfTemplates_AreCompleted()
    {
        _workspace.Run("Connect-RunAi").ThrowIfFailed();
        const string typed = "New-RunAiStepSettings -WorkloadTemplate sm";

        Assert.Equal(
            "small", _workspace.Run($"(TabExpansion2 '{typed}' {typed.Length}).CompletionMatches.CompletionText").TheOutput.ToString());
    }
}
