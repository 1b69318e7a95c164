using System.Collections;
using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;
using RunAi.Json;
using RunAi.Operators;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Runs.Retries;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>
/// A distributed step under the step runner: one workload at its own endpoint, one manifest with places for every replica.
/// </summary>
public sealed class DistributedSubmitTests : IDisposable
{
    private const string Create = "POST /api/v1/workloads/distributed";
    private const string RunIdText = "01JD0000000000000012345678";
    private const string WorkloadId = "71f69d83-ba66-4822-adf5-55ce55efd210";
    private const string Attempt = $"https://store.example/data/{RunIdText}/attempts/1/";

    private readonly ControlPlaneFixture _f = new();
    private readonly FakeMeans _means = new();
    private readonly TemporaryFolder _folder = new();

    public DistributedSubmitTests() => _f.Wire
        .On("GET /api/v1/org-unit/projects", 200,
            """{"projects":[{"id":"4","name":"vision","clusterId":"71f69d83-ba66-4822-adf5-000000000001"}]}""")
        .On("GET /api/v2/policy/distributed", 404, """{"code":404,"message":"none"}""");

    public void Dispose()
    {
        _f.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Manifest_OfAMasterAndTwoWorkers_HasAPlaceForEach()
    {
        Accept();
        await SubmitAsync(Step(new() { Framework = "PyTorch", Workers = 2, MasterCommand = ["lead"] }));

        var manifest = Manifest();
        Assert.Equal((2, "PyTorch"), (manifest.Version, manifest.Framework));
        Assert.Equal(["master", "worker-0", "worker-1"], manifest.Replicas.Select(replica => replica.Name));
        Assert.Equal(["lead"], manifest.Replicas[0].Command!);
        Assert.Equal((null, null), (manifest.Replicas[0].Log, manifest.Replicas[0].Result));
        var worker = manifest.Replicas[2];
        Assert.Null(worker.Command);
        Assert.StartsWith(Attempt + "replicas/worker-1/log/00000?put", worker.Log!.Segments[0], StringComparison.Ordinal);
        Assert.StartsWith(Attempt + "replicas/worker-1/log/head.json?get", worker.Log.Head.Get, StringComparison.Ordinal);
        Assert.StartsWith(Attempt + "replicas/worker-1/result.json?put", worker.Result!.Put, StringComparison.Ordinal);
        Assert.StartsWith(Attempt + "result.json?put", manifest.Result.Put, StringComparison.Ordinal);
        var addresses = manifest.Replicas.Skip(1).SelectMany(replica => replica.Log!.Segments).Concat(manifest.Log.Segments).ToList();
        Assert.Equal(addresses.Count, addresses.Distinct().Count());
    }

    [Theory]
    [InlineData("MPI", false, null, "launcher")]
    [InlineData("JAX", false, null, "worker-0 worker-1")]
    [InlineData("TF", true, null, "worker-0 worker-1")]
    [InlineData("PyTorch", true, 3, "worker-0 worker-1 worker-2")]
    public async Task Manifest_OfEveryFramework_NamesThoseThatStartTheRunner(string framework, bool noMaster, int? most, string names)
    {
        Accept();
        await SubmitAsync(Step(new() { Framework = framework, Workers = 2, NoMaster = noMaster, MaxReplicas = most }));

        Assert.Equal(names, string.Join(' ', Manifest().Replicas.Select(replica => replica.Name)));
    }

    [Fact]
    public async Task Manifest_OfManyReplicas_StaysReadable()
    {
        Accept();
        await SubmitAsync(Step(new() { Framework = "PyTorch", Workers = 1000 }));

        Assert.InRange(_means.Memory.Objects[$"data/{RunIdText}/attempts/1/manifest.json"].Length, 1 << 20, 15 << 20);
        Assert.All(Manifest().Replicas.Skip(1), manifestReplica => Assert.Equal(16, manifestReplica.Log!.Segments.Length));
    }

    [Fact]
    public async Task AnswerLost_AdoptsTheWorkloadFromItsOwnEndpoint()
    {
        _f.Wire.Throws(Create, FakeControlPlane.Reset())
            .On(ControlPlaneFixture.List, 200,
                $$"""{"workloads":[{"id":"{{WorkloadId}}","name":"runai-train-12345678","projectId":"4"}]}""")
            .On($"GET /api/v1/workloads/distributed/{WorkloadId}", 200,
                $$$"""{"workloadId":"{{{WorkloadId}}}","name":"runai-train-12345678","spec":{"labels":[{"name":"runai-step-operator/run-id","value":"{{{RunIdText}}}"}]}}""");

        var run = await SubmitAsync(Step(new() { Framework = "PyTorch", Workers = 2 }));

        Assert.Equal((WorkloadId, "PyTorch"), (run!.WorkloadId, run.DistributedFramework));
        Assert.Equal(["master", "worker-0", "worker-1"], run.Replicas.Select(replica => replica.Name));
        Assert.Single(_f.Wire.SentTo(Create));
    }

    [Fact]
    public async Task NextAttempt_FromTheRecipe_IsDistributedWithAnAddressOfItsOwnInBothSpecs()
    {
        Accept();
        var plan = await Submitter().PlanAsync(
            Step(new() { Framework = "PyTorch", Workers = 2, MasterCommand = ["lead"] }), RunIdText, default);
        var recipe = WireJson.Map<RunRecipe>(JToken.Parse(WireJson.Write(RunRecipe.Of(plan, null))));

        var next = recipe.ToPlan(RunIdText);
        next.TakeAttempt(2);
        next.Complete(new RunAi.Specs.RunnerLaunch(FakeMeans.Image, "https://store.example/second?sig"));

        Assert.Equal(TrainingKind.Distributed, next.Target.Kind);
        Assert.Equal("runai-train-12345678-2", (string?)next.Spec.Body["name"]);
        Assert.All(["spec", "masterSpec"], part => Assert.Contains(
            next.Spec.Body[part]!["environmentVariables"]!, token => (string?)token["value"] == "https://store.example/second?sig"));
        Assert.Equal(["lead"], next.Step.Distribution!.MasterCommand!);
    }

    [Fact]
    public void ReplicaStates_OfAnAttemptThatIsOver_AreNotThoseOfTheNext()
    {
        var record = new RunRecord { Replicas = [new() { Name = "master", State = StepRunState.Failed, ExitCode = 3 }] };

        Assert.Equal(
            ("master", (StepRunState?)null, (int?)null),
            (record.Claiming(2).Replicas[0].Name, record.Claiming(2).Replicas[0].State, record.Claiming(2).Replicas[0].ExitCode));
        Assert.Equal(StepRunState.Failed, record.Replicas[0].State);
    }

    private void Accept() => _f.Wire.On(Create, 202, $$"""{"workloadId":"{{WorkloadId}}","name":"runai-train-12345678"}""");

    private Task<StepRun?> SubmitAsync(Step step) =>
        _f.Clock.DriveAsync(Submitter().SubmitAsync(step, RunIdText, _ => Task.FromResult(true), default));

    private StepSubmitter Submitter() => new(
        new RunContext(
            new StepOperatorConnection(
                new StepOperator { Name = "gpu", RunAiBaseUrl = ControlPlaneFixture.BaseUrl, ProjectName = "vision" }, _f.Client),
            _f.Clock, new RunJournal([_means.Memory], _f.Clock, _f.Log), new RunOwners(""), _f.Log),
        _means);

    private Step Step(StepDistribution distribution) => new()
    {
        Name = "train",
        BaseImage = "python:3.12-slim",
        Source = _folder.Location,
        Command = ["python", "train.py"],
        Environment = new Hashtable(),
        Distribution = distribution,
    };

    private Manifest Manifest() =>
        WireJson.Map<Manifest>(WireJson.Read(new MemoryStream(_means.Memory.Objects[$"data/{RunIdText}/attempts/1/manifest.json"])));
}
