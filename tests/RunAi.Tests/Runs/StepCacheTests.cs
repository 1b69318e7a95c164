using System.Collections;
using RunAi.Artifacts;
using RunAi.Operators;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>A step that was run before is not run again, as long as nothing that makes its result has changed.</summary>
public sealed class StepCacheTests : IDisposable
{
    private readonly ControlPlaneFixture _f = new();
    private readonly FakeMeans _means = new();
    private readonly TemporaryFolder _folder = new();
    private int _runs;

    public StepCacheTests()
    {
        File.WriteAllText(_folder["data.csv"], "1");
        _f.Wire.On("GET /api/v1/org-unit/projects", 200,
            """{"projects":[{"id":"4","name":"vision","clusterId":"71f69d83-ba66-4822-adf5-000000000001"}]}""")
            .On("GET /api/v2/policy/trainings", 404, """{"code":404,"message":"none"}""")
            .On("GET /api/v1/node-pools", 200,
                """{"nodepools":[{"id":"1","name":"other","clusterId":"71f69d83-ba66-4822-adf5-000000000001"}]}""")
            .On("GET /api/v1/workload-priorities", 200, """{"priorities":[{"id":"1","name":"high","value":1}]}""")
            .On(ControlPlaneFixture.Create, 202, """{"workloadId":"71f69d83-ba66-4822-adf5-55ce55efd210"}""");
    }

    public void Dispose()
    {
        _f.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task SameStep_ReturnsTheOutputsWithoutAWorkload()
    {
        var first = await RunToSuccessAsync(Step());

        var second = await SubmitAsync(Step());

        Assert.True(second.IsCached);
        Assert.Equal((StepRunState.Succeeded, 0, null), (second.State, second.ExitCode, second.WorkloadId));
        Assert.NotEqual(first.RunId, second.RunId);
        Assert.Equal($"{_means.Memory.Uri}/data/{first.RunId}/attempts/1/outputs/model", second.Outputs["model"].Uri);
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.Create));
        Assert.Contains(
            first.RunId, System.Text.Encoding.UTF8.GetString(_means.Memory.Objects[$"runs/{second.RunId}/0000.json"]),
            StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<Step>> Changes => new()
    {
        { "command", step => step.Command = ["python", "other.py"] },
        { "environment", step => step.Environment = new Hashtable { ["LR"] = 0.2 } },
        { "settings", step => step.Settings.GpuDevicesRequest = 2 },
        { "outputs", step => step.Output = ["model", "report"] },
        { "inputs", step => step.Input = new Hashtable() },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task ChangedStep_RunsAgain(string what, Action<Step> change)
    {
        await RunToSuccessAsync(Step());
        var step = Step();
        change(step);

        Assert.False((await SubmitAsync(step)).IsCached, what);
    }

    [Fact]
    public async Task SettingsThatChangeNoResult_HitAllTheSame()
    {
        await RunToSuccessAsync(Step());
        var step = Step();
        (step.Settings.NodePools, step.Settings.WorkloadTimeout, step.Settings.PriorityClass) = (["other"], TimeSpan.FromHours(1), "high");

        Assert.True((await SubmitAsync(step)).IsCached);
    }

    [Theory]
    [InlineData("outputs/model/00000")]
    [InlineData("outputs/model/artifact.json")]
    [InlineData("result.json")]
    public async Task OutputsThatAreGone_RunAgain(string key)
    {
        var first = await RunToSuccessAsync(Step());
        Assert.True(_means.Memory.Objects.TryRemove($"data/{first.RunId}/attempts/1/{key}", out _));

        Assert.False((await SubmitAsync(Step())).IsCached);
    }

    [Fact]
    public async Task WithoutCache_RunsAgain()
    {
        await RunToSuccessAsync(Step());
        var step = Step();
        step.Cache = false;

        Assert.False((await SubmitAsync(step)).IsCached);
    }

    private async Task<StepRun> RunToSuccessAsync(Step step)
    {
        var run = await SubmitAsync(step);
        var descriptor = new ArtifactDescriptor
        {
            Name = "model",
            Digest = "sha256:x",
            Size = 1,
            Parts = [new ArtifactPart { Key = "00000", Size = 1 }],
        };
        var result = new RunResult { RunId = run.RunId, Attempt = 1, ExitCode = 0, Outcome = RunOutcome.Succeeded, Outputs = [descriptor] };
        var folder = $"data/{run.RunId}/attempts/1/";
        _means.Memory.Objects[folder + "outputs/model/00000"] = [1];
        _means.Memory.Objects[folder + "outputs/model/artifact.json"] = StoredJson.Bytes(descriptor);
        _means.Memory.Objects[folder + "result.json"] = StoredJson.Bytes(result);
        await new RunFinalizer(_means.Memory, Journal(), _f.Log).FinalizeAsync(run, Endings.Completed(run), default);
        Assert.Equal(StepRunState.Succeeded, run.State);
        return run;
    }

    private async Task<StepRun> SubmitAsync(Step step)
    {
        var connection = new StepOperatorConnection(
            new StepOperator { Name = "gpu", RunAiBaseUrl = ControlPlaneFixture.BaseUrl, ProjectName = "vision" }, _f.Client);
        var runId = $"01JD000000000000001234567{_runs++}";
        return (await _f.Clock.DriveAsync(
            new StepSubmitter(new RunContext(connection, _f.Clock, Journal(), new RunOwners(""), _f.Log), _means)
                .SubmitAsync(step, runId, _ => Task.FromResult(true), default)))!;
    }

    private RunJournal Journal() => new([_means.Memory], _f.Clock, _f.Log);

    private Step Step() => new()
    {
        Name = "train",
        BaseImage = "python:3.12-slim",
        Command = ["python", "train.py"],
        Input = new Hashtable { ["data"] = _folder["data.csv"] },
        Output = ["model"],
        Environment = new Hashtable { ["LR"] = 0.1 },
        Cache = true,
    };
}
