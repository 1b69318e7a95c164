using System.Collections;
using Newtonsoft.Json.Linq;
using RunAi.Json;
using RunAi.Operators;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>A step with code, inputs and outputs: what is stored before its request, and what the request holds.</summary>
public sealed class RunnerSubmitTests : IDisposable
{
    private const string RunIdText = "01JD0000000000000012345678";
    private const string Accepted = """{"workloadId":"71f69d83-ba66-4822-adf5-55ce55efd210","name":"runai-train-12345678"}""";
    private const string ManifestKey = $"data/{RunIdText}/attempts/1/manifest.json";

    private readonly ControlPlaneFixture _f = Answering(_ => Task.FromResult(FakeControlPlane.Answer(202, Accepted)));
    private readonly FakeMeans _means = new();
    private readonly MemoryStore _local = new() { Uri = "file:///state" };
    private readonly TemporaryFolder _folder = new();

    public RunnerSubmitTests() => File.WriteAllText(_folder["data.csv"], "1,2,3");

    public void Dispose()
    {
        _f.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Request_StartsTheRunnerInTheBuiltImage_AndItsOnlyAddressIsTheManifest()
    {
        await SubmitAsync(Step());

        var spec = JObject.Parse(Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.Create)).Body)["spec"]!;
        Assert.Equal(FakeMeans.Image, spec["image"]);
        Assert.Equal("/.runai/step-runner", spec["command"]);
        Assert.Null(spec["args"]);
        Assert.Null(spec["storage"]);
        var variables = spec["environmentVariables"]!.ToDictionary(token => (string)token["name"]!, token => (string)token["value"]!);
        Assert.Equal(["LR", "RUNAI_MANIFEST"], variables.Keys.Order());
        Assert.Equal($"https://store.example/{ManifestKey}?get&{MemoryStore.Signature}", variables["RUNAI_MANIFEST"]);
    }

    [Fact]
    public async Task Manifest_HoldsCommandInputsOutputsLogAndResult()
    {
        await SubmitAsync(Step());

        var manifest = Manifest();
        Assert.Equal((RunIdText, "train", 1), (manifest.RunId, manifest.StepName, manifest.Attempt));
        Assert.Equal(["python", "train.py", "{{inputs.data}}", "--out={{outputs.model}}"], manifest.Command);
        var input = Assert.Single(manifest.Inputs);
        Assert.Equal(("data", "data.csv", 5L), (input.Name, input.FileName, input.Size));
        Assert.Equal(
            [
                $"https://store.example/artifacts/data/00000?get&{MemoryStore.Signature}",
                $"https://store.example/artifacts/data/00001?get&{MemoryStore.Signature}",
            ],
            input.Parts.Select(p => p.Get));
        var output = Assert.Single(manifest.Outputs);
        Assert.StartsWith(
            $"https://store.example/data/{RunIdText}/attempts/1/outputs/model/00000?put", output.Parts[0], StringComparison.Ordinal);
        Assert.Equal(output.Parts.Length, output.PartKeys.Length);
        Assert.StartsWith(
            $"https://store.example/data/{RunIdText}/attempts/1/outputs/model/artifact.json?put", output.Descriptor.Put,
            StringComparison.Ordinal);
        Assert.StartsWith(
            $"https://store.example/data/{RunIdText}/attempts/1/log/00000?put", manifest.Log.Segments[0], StringComparison.Ordinal);
        Assert.StartsWith(
            $"https://store.example/data/{RunIdText}/attempts/1/result.json?put", manifest.Result.Put, StringComparison.Ordinal);
        Assert.Null(manifest.Checkpoint);
        Assert.Equal("BlockBlob", manifest.PutHeaders["x-ms-blob-type"]);
    }

    [Fact]
    public async Task TimeLimit_IsTheDeadlineAndBoundsTheAddresses()
    {
        var step = Step();
        step.Settings.WorkloadTimeout = TimeSpan.FromHours(2);
        await SubmitAsync(step);

        var left = Manifest().Deadline!.Value - _f.Clock.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromHours(1.99), TimeSpan.FromHours(2.01));
        Assert.Equal(TimeSpan.FromHours(3), _means.Memory.SignedFor);
    }

    [Fact]
    public async Task NoTimeLimit_SignsForAsLongAsCanBe()
    {
        await SubmitAsync(Step());

        Assert.Null(Manifest().Deadline);
        Assert.Equal(TimeSpan.FromDays(7), _means.Memory.SignedFor);
    }

    [Fact]
    public async Task Checkpoint_IsSharedByAttempts()
    {
        var step = Step();
        step.Checkpoint = true;
        step.Command = ["train", "{{checkpoint}}"];
        await SubmitAsync(step);

        var checkpoint = Manifest().Checkpoint!;
        Assert.Equal(2, checkpoint.Slots.Length);
        Assert.StartsWith(
            $"https://store.example/data/{RunIdText}/checkpoint/head.json?get", checkpoint.Head.Get, StringComparison.Ordinal);
        Assert.StartsWith(
            $"https://store.example/data/{RunIdText}/checkpoint/1/00000?put", checkpoint.Slots[1].Parts[0].Put, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SharedFolder_IsMountedWritableAtItsOwnPath()
    {
        _means.SharedFolder = "/mnt/artifacts";
        await SubmitAsync(Step());

        var mount = Assert.Single(
            JObject.Parse(_f.Wire.SentTo(ControlPlaneFixture.Create).Single().Body)["spec"]!["storage"]!["hostPath"]!);
        Assert.Equal(
            ("/mnt/artifacts", "/mnt/artifacts", false), ((string)mount["path"]!, (string)mount["mountPath"]!, (bool)mount["readOnly"]!));
    }

    [Fact]
    public async Task Declined_ShowsTheRequestWithoutSignature_AndStoresNothing()
    {
        StepPlan? shown = null;
        var run = await Submitter().SubmitAsync(Step(), RunIdText, plan =>
        {
            shown = plan;
            return Task.FromResult(false);
        }, default);

        Assert.Null(run);
        Assert.Empty(_means.Memory.Calls);
        Assert.Empty(_local.Calls);
        Assert.Equal((0, 0), (_means.Built, _means.Published));
        Assert.Contains(
            $"Store '{_folder["data.csv"]}' as input 'data' in az://account/container/steps", shown!.RequestText, StringComparison.Ordinal);
        Assert.Contains($"az://account/container/steps/{ManifestKey}", shown.RequestText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompletedRequest_IsShownWithoutSignature_AndItsDigestIsTheSameEachTime()
    {
        StepPlan? plan = null;
        await Submitter().SubmitAsync(Step(), RunIdText, p =>
        {
            plan = p;
            return Task.FromResult(true);
        }, default);

        Assert.Contains(MemoryStore.Signature, plan!.Spec.Json, StringComparison.Ordinal);
        Assert.DoesNotContain(MemoryStore.Signature, plan.RequestText, StringComparison.Ordinal);
        var signedAnew = JObject.Parse(plan.Spec.Json.Replace(MemoryStore.Signature, "sig=other", StringComparison.Ordinal));
        Assert.Equal(plan.Spec.Digest, new RunAi.Specs.TrainingSpec(signedAnew).Digest);
    }

    [Fact]
    public async Task Records_AreWrittenBeforeAndAfterTheRequest_InBothPlaces_WithoutAddresses()
    {
        var recordedBefore = false;
        using var f = Answering(_ =>
        {
            recordedBefore = new[] { _means.Memory, _local }.All(place => place.Objects.ContainsKey($"runs/{RunIdText}/0000.json"));
            return Task.FromResult(FakeControlPlane.Answer(202, Accepted));
        });
        await f.Clock.DriveAsync(Submitter(f).SubmitAsync(Step(), RunIdText, _ => Task.FromResult(true), default));

        Assert.True(recordedBefore);
        foreach (var place in new[] { _means.Memory, _local })
        {
            var first = Record(place, 0);
            var second = Record(place, 1);
            Assert.Equal((StepRunState.Submitting, (string?)null), (first.State, first.WorkloadId));
            Assert.Equal((StepRunState.Submitted, "71f69d83-ba66-4822-adf5-55ce55efd210"), (second.State, second.WorkloadId));
            Assert.Equal(("runai-train-12345678", FakeMeans.Image), (second.WorkloadName, second.Image));
            Assert.Equal(first.SpecDigest, second.SpecDigest);
            Assert.DoesNotContain(
                MemoryStore.Signature, System.Text.Encoding.UTF8.GetString(place.Objects[$"runs/{RunIdText}/0001.json"]),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RunDigest_TellsCommandsAndInputsApart()
    {
        var digests = new HashSet<string>();
        foreach (var command in new[] { "a", "b" })
        {
            var step = Step();
            step.Command = [command];
            _means.Memory.Objects.Clear();
            _local.Objects.Clear();
            await SubmitAsync(step);
            digests.Add(Record(_local, 0).SpecDigest);
        }

        Assert.Equal(2, digests.Count);
    }

    [Fact]
    public async Task Refused_IsRecordedAsFailed()
    {
        using var f = Answering(_ => Task.FromResult(FakeControlPlane.Answer(400, """
            {"code":400,"message":"no","complianceIssues":[{"field":"compute.cpuCoreRequest","details":"value must be no more than 2","rule":"max"}]}
            """)));

        await Assert.ThrowsAsync<RunAiApiException>(() => f.Clock.DriveAsync(
            Submitter(f).SubmitAsync(Step(), RunIdText, _ => Task.FromResult(true), default)));

        Assert.Equal(StepRunState.Failed, Record(_local, 1).State);
        Assert.Contains("value must be no more than 2", Record(_local, 1).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StoreThatCannotRecord_SendsNothing()
    {
        _means.Memory.Before = call =>
        {
            if (call.StartsWith("create", StringComparison.Ordinal))
            {
                throw new ArtifactException(ErrorIds.ArtifactStoreUnreachable, "no store");
            }
        };

        await Assert.ThrowsAsync<ArtifactException>(() => SubmitAsync(Step()));

        Assert.Empty(_f.Wire.SentTo(ControlPlaneFixture.Create));
    }

    [Fact]
    public async Task WithoutAStore_SaysWhichCommandAddsOne_BesideEverythingElse()
    {
        var step = Step();
        step.Settings.GpuPortionRequest = 1.5;
        var submitter = new StepSubmitter(RunContext.WithoutRecord(Connection(_f), _f.Clock, _f.Log));

        var error = await Assert.ThrowsAsync<StepSettingsException>(() => submitter.PlanAsync(step, RunIdText, default));

        Assert.Equal(["Step", "GpuPortionRequest"], error.Violations.Select(v => v.Field));
        Assert.Contains("Register-RunAiStack", error.Violations[0].Message, StringComparison.Ordinal);
        Assert.Empty(_f.Wire.Sent);
    }

    [Fact]
    public async Task ArtifactOfAnotherStore_IsRefusedBeforeAnything()
    {
        var step = Step();
        step.Input = new Hashtable { ["data"] = new Artifact { Name = "x", Uri = "s3://other/x" } };

        var error = await Assert.ThrowsAsync<StepSettingsException>(() => Submitter().PlanAsync(step, RunIdText, default));

        Assert.Contains("Save-RunAiArtifact", Assert.Single(error.Violations).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutputOfAnEarlierRun_IsReadWhereItIs()
    {
        var step = Step();
        step.Input = new Hashtable
        {
            ["data"] = new StepRun { Outputs = { ["model"] = _means.Add("model", "data/01JC/attempts/1/outputs/model") } },
        };
        await SubmitAsync(step);

        Assert.Equal(0, _means.Published);
        Assert.StartsWith(
            "https://store.example/data/01JC/attempts/1/outputs/model/00000?get", Manifest().Inputs[0].Parts[0].Get,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlainStep_TouchesNeitherStoreNorRegistry_ButForItsRecord()
    {
        await SubmitAsync(new Step { Name = "train", Image = "busybox", Command = ["echo", "hi"] });

        Assert.Equal("echo", (string)JObject.Parse(_f.Wire.SentTo(ControlPlaneFixture.Create).Single().Body)["spec"]!["command"]!);
        Assert.Equal((0, 0), (_means.Built, _means.Published));
        Assert.All(_means.Memory.Objects.Keys, key => Assert.Matches(@"\Aruns/[^/]+/\d{4}\.json\z", key));
    }

    private Task<StepRun?> SubmitAsync(Step step) =>
        _f.Clock.DriveAsync(Submitter().SubmitAsync(step, RunIdText, _ => Task.FromResult(true), default));

    private static ControlPlaneFixture Answering(Func<CancellationToken, Task<HttpResponseMessage>> create)
    {
        var f = new ControlPlaneFixture();
        f.Wire.On("GET /api/v1/org-unit/projects", 200,
            """{"projects":[{"id":"4","name":"vision","clusterId":"71f69d83-ba66-4822-adf5-000000000001"}]}""")
            .On("GET /api/v2/policy/trainings", 404, """{"code":404,"message":"none"}""")
            .On(ControlPlaneFixture.Create, create);
        return f;
    }

    private StepSubmitter Submitter(ControlPlaneFixture? f = null) =>
        new(new RunContext(
            Connection(f ?? _f), _f.Clock, new RunJournal([_means.Memory, _local], _f.Clock, _f.Log), new RunOwners(""), _f.Log), _means);

    private static StepOperatorConnection Connection(ControlPlaneFixture f) =>
        new(new StepOperator { Name = "gpu", RunAiBaseUrl = ControlPlaneFixture.BaseUrl, ProjectName = "vision" }, f.Client);

    private Step Step() => new()
    {
        Name = "train",
        BaseImage = "python:3.12-slim",
        Source = _folder.Location,
        Command = ["python", "train.py", "{{inputs.data}}", "--out={{outputs.model}}"],
        Input = new Hashtable { ["data"] = _folder["data.csv"] },
        Output = ["model"],
        Environment = new Hashtable { ["LR"] = 0.1 },
    };

    private Manifest Manifest() => Read<Manifest>(_means.Memory, ManifestKey);

    private static RunRecord Record(MemoryStore store, int sequence) => Read<RunRecord>(store, $"runs/{RunIdText}/{sequence:0000}.json");

    private static T Read<T>(MemoryStore store, string key)
        where T : class =>
        WireJson.Map<T>(WireJson.Read(new MemoryStream(store.Objects[key])));
}
