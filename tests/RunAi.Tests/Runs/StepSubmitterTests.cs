using Newtonsoft.Json.Linq;
using RunAi.Operators;
using RunAi.Runs;
using RunAi.Steps;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>Each submission gets one workload, whatever becomes of the request or its answer.</summary>
public sealed class StepSubmitterTests : IDisposable
{
    private const string Projects = "GET /api/v1/org-unit/projects";
    private const string Policy = "GET /api/v2/policy/trainings";
    private const string WorkloadId = "71f69d83-ba66-4822-adf5-55ce55efd210";
    private const string RunIdText = "01JD0000000000000012345678";
    private const string Name = "runai-train-12345678";

    private readonly ControlPlaneFixture _f = new();
    private readonly StepSubmitter _submitter;

    public StepSubmitterTests()
    {
        var stepOperator = new StepOperator
        {
            Name = "gpu",
            RunAiBaseUrl = ControlPlaneFixture.BaseUrl,
            ProjectName = "vision",
            PendingTimeout = TimeSpan.FromMinutes(5),
        };
        _submitter = new StepSubmitter(RunContext.WithoutRecord(new StepOperatorConnection(stepOperator, _f.Client), _f.Clock, _f.Log));
        _f.Wire.On(Projects, 200, Project("4")).On(Policy, 404, """{"code":404,"message":"none"}""");
    }

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task Accepted_IsTheRunWithItsLimitsAndTheNameThatWasAskedFor()
    {
        _f.Wire.On(ControlPlaneFixture.Create, 202, Training());

        var run = await SubmitAsync();

        Assert.Equal((WorkloadId, Name, RunIdText), (run!.WorkloadId, run.WorkloadName, run.RunId));
        Assert.Equal(StepRunState.Submitted, run.State);
        Assert.Equal(TimeSpan.FromMinutes(5), run.PendingTimeout);
        Assert.Equal(TimeSpan.FromHours(1), run.WorkloadTimeout);
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.Create));
    }

    [Fact]
    public async Task Declined_SendsNothing()
    {
        var run = await _submitter.SubmitAsync(Step(), RunIdText, _ => Task.FromResult(false), default);

        Assert.Null(run);
        Assert.Empty(_f.Wire.SentTo(ControlPlaneFixture.Create));
    }

    [Fact]
    public async Task ImageInAFolder_IsForAnEmulatorAlone()
    {
        var step = Step();
        step.Image = "oci:/images@sha256:" + new string('a', 64);

        var refused = await Assert.ThrowsAsync<StepSettingsException>(() => _submitter.PlanAsync(step, RunIdText, default));
        Assert.Equal(ErrorIds.InvalidStep, refused.ErrorId);
        Assert.Contains("only an emulator can run, and 'gpu' is at https://org.run.ai", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_f.Wire.SentTo(Projects));

        var local = new StepOperator { Name = "demo", RunAiBaseUrl = "http://127.0.0.1:5000", ProjectName = "vision" };
        var submitter = new StepSubmitter(RunContext.WithoutRecord(new StepOperatorConnection(local, _f.Client), _f.Clock, _f.Log));
        var plan = await submitter.PlanAsync(step, RunIdText, default);
        Assert.Equal(step.Image, (string?)plan.Spec.Body["spec"]!["image"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task AnswerLostAfterTheEffect_AdoptsTheWorkload_EvenWhenTheListIsLate(int emptyLists)
    {
        _f.Wire.Throws(ControlPlaneFixture.Create, FakeControlPlane.Reset());
        for (var i = 0; i < emptyLists; i++)
        {
            _f.Wire.On(ControlPlaneFixture.List, 200, """{"workloads":[]}""");
        }

        _f.Wire.On(ControlPlaneFixture.List, 200, Listed()).On($"{TrainingRoute}", 200, Training());

        var run = await SubmitAsync();

        Assert.Equal(WorkloadId, run!.WorkloadId);
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.Create));
        Assert.Contains(
            "filterBy=name%3D%3Drunai-train-12345678,projectId%3D%3D4", _f.Wire.SentTo(ControlPlaneFixture.List).First().Target,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task LostBeforeTheEffect_IsSentAgainOnce()
    {
        _f.Wire.On(ControlPlaneFixture.Create, 502, "<html>").On(ControlPlaneFixture.Create, 202, Training())
            .On(ControlPlaneFixture.List, 200, """{"workloads":[]}""");

        var run = await SubmitAsync();

        Assert.Equal(WorkloadId, run!.WorkloadId);
        Assert.Equal(2, _f.Wire.SentTo(ControlPlaneFixture.Create).Count());
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.Create).Select(r => r.Body).Distinct());
    }

    [Fact]
    public async Task NeverSettled_SaysWhatMayExistAndHowToLook()
    {
        _f.Wire.On(ControlPlaneFixture.Create, 502, "<html>").On(ControlPlaneFixture.List, 401, """{"code":401,"message":"no"}""");

        var error = await Assert.ThrowsAsync<RunAiException>(SubmitAsync);

        Assert.Equal(ErrorIds.SubmissionUncertain, error.ErrorId);
        Assert.Equal(Name, error.Target);
        Assert.Contains($"Get-RunAiWorkload {Name}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"Remove-RunAiWorkload {Name}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NameOfAnotherRun_IsAnErrorAndNothingMoreIsSent()
    {
        _f.Wire.On(ControlPlaneFixture.Create, 409, """{"code":409,"message":"exists"}""").On(ControlPlaneFixture.List, 200, Listed())
            .On(TrainingRoute, 200, Training("01JD0000000000000099999999"));

        var error = await Assert.ThrowsAsync<RunAiException>(SubmitAsync);

        Assert.Equal(ErrorIds.WorkloadNameTaken, error.ErrorId);
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.Create));
    }

    [Fact]
    public async Task NameThatIsStillBeingDeleted_IsWaitedFor()
    {
        const string Busy = """{"code":400,"message":"workload already exists in the project"}""";
        _f.Wire.On(ControlPlaneFixture.Create, 400, Busy).On(ControlPlaneFixture.Create, 400, Busy)
            .On(ControlPlaneFixture.Create, 400, Busy)
            .On(ControlPlaneFixture.Create, 400, Busy).On(ControlPlaneFixture.Create, 202, Training()).On(
                ControlPlaneFixture.List, 200, """{"workloads":[]}""");

        var run = await SubmitAsync();

        Assert.Equal(WorkloadId, run!.WorkloadId);
        Assert.Equal(5, _f.Wire.SentTo(ControlPlaneFixture.Create).Count());
        Assert.Contains(TimeSpan.FromSeconds(10), _f.Clock.Waits);
    }

    [Fact]
    public async Task NameThatStaysTaken_IsARefusalInTheEnd()
    {
        _f.Wire.On(ControlPlaneFixture.Create, 400, """{"code":400,"message":"workload already exists in the project"}""")
            .On(ControlPlaneFixture.List, 200, """{"workloads":[]}""");

        var failure = await Assert.ThrowsAnyAsync<RunAiException>(SubmitAsync);

        Assert.Equal(ErrorIds.WorkloadNameTaken, failure.ErrorId);
    }

    [Fact]
    public async Task NameOfThisRun_After409_IsAdopted()
    {
        _f.Wire.On(ControlPlaneFixture.Create, 409, """{"code":409,"message":"exists"}""").On(ControlPlaneFixture.List, 200, Listed())
            .On(TrainingRoute, 200, Training(RunIdText));

        Assert.Equal(WorkloadId, (await SubmitAsync())!.WorkloadId);
    }

    [Fact]
    public async Task RememberedProjectThatIsRefused_IsLookedUpAgain()
    {
        _f.Wire.On(Projects, 200, Project("9"));
        await _submitter.PlanAsync(Step(), RunIdText, default);
        _f.Wire.On(ControlPlaneFixture.Create, 400, """{"code":400,"message":"no such project"}""")
            .On(ControlPlaneFixture.Create, 202, Training());

        var run = await SubmitAsync();

        Assert.Equal(WorkloadId, run!.WorkloadId);
        Assert.Equal(["4", "9"], _f.Wire.SentTo(ControlPlaneFixture.Create).Select(r => (string)JObject.Parse(r.Body)["projectId"]!));
    }

    [Fact]
    public async Task PolicyBreach_IsNotBlamedOnTheProject()
    {
        _f.Wire.On(ControlPlaneFixture.Create, 400, """
            {"code":400,"message":"not compliant","complianceIssues":[{"field":"compute.cpuCoreRequest","details":"value must be no more than 2","rule":"max"}]}
            """);

        var error = await Assert.ThrowsAsync<RunAiApiException>(SubmitAsync);

        Assert.Equal(ErrorIds.SubmissionRejected, error.ErrorId);
        Assert.Single(_f.Wire.SentTo(Projects));
    }

    [Fact]
    public async Task StepThatIsWrong_SendsNothingAtAll()
    {
        var step = Step();
        step.Settings.GpuPortionRequest = 1.5;

        await Assert.ThrowsAsync<StepSettingsException>(() => _submitter.PlanAsync(step, RunIdText, default));

        Assert.Empty(_f.Wire.Sent);
    }

    private static string TrainingRoute => $"GET /api/v1/workloads/trainings/{WorkloadId}";

    private Task<StepRun?> SubmitAsync() =>
        _f.Clock.DriveAsync(_submitter.SubmitAsync(Step(), RunIdText, _ => Task.FromResult(true), default));

    private static Step Step() => new()
    {
        Name = "train",
        Image = "busybox",
        Command = ["echo", "hi"],
        Settings = new StepSettings { WorkloadTimeout = TimeSpan.FromHours(1) },
    };

    private static string Project(string id) => $$"""
        {"projects":[{"id":"{{id}}","name":"vision","clusterId":"71f69d83-ba66-4822-adf5-000000000001"}]}
        """;

    private static string Listed() => $$"""
        {"workloads":[{"id":"{{WorkloadId}}","name":"{{Name}}","projectId":"4"}]}
        """;

    private static string Training(string runId = RunIdText) => new JObject
    {
        ["workloadId"] = WorkloadId,
        ["name"] = Name,
        ["spec"] = new JObject { ["labels"] = new JArray(new JObject { ["name"] = RunLabels.RunId, ["value"] = runId }) },
    }.ToString();
}
