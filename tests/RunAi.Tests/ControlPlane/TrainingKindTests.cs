using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;

namespace RunAi.Tests.ControlPlane;

/// <summary>Trainings and distributed trainings have endpoints of their own; by id alone nobody knows which are a workload's.</summary>
public sealed class TrainingKindTests : IDisposable
{
    private const string Id = "71f69d83-ba66-4822-adf5-55ce55efd210";
    private const string Gone = """{"code":404,"message":"not found"}""";
    private readonly ControlPlaneFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task Create_Distributed_GoesToItsOwnEndpoint()
    {
        _f.Wire.On("POST /api/v1/workloads/distributed", 202, $$"""{"workloadId":"{{Id}}","name":"a"}""");

        var training = await _f.Client.CreateTrainingAsync(new JObject { ["name"] = "a" }, default, TrainingKind.Distributed);

        Assert.Equal(Id, training.WorkloadId);
        Assert.Single(_f.Wire.SentTo("POST /api/v1/workloads/distributed"));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/suspend")]
    [InlineData("POST", "/resume")]
    public async Task ById_WhenTheKindIsKnown_AsksItsEndpointAlone(string verb, string rest)
    {
        _f.Wire.On($"{verb} /api/v1/workloads/distributed/{Id}{rest}", 202, $$"""{"workloadId":"{{Id}}"}""");
        await _f.Client.ConnectAsync(default);
        _f.Wire.Sent.Clear();

        await ActAsync(verb + rest, TrainingKind.Distributed);

        Assert.Equal($"{verb} /api/v1/workloads/distributed/{Id}{rest}", Assert.Single(_f.Wire.Sent).ToString());
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/suspend")]
    [InlineData("POST", "/resume")]
    public async Task ById_WhenTheKindIsNotKnown_AsksTheOtherEndpointNext(string verb, string rest)
    {
        _f.Wire.On($"{verb} /api/v1/workloads/trainings/{Id}{rest}", 404, Gone)
            .On($"{verb} /api/v1/workloads/distributed/{Id}{rest}", 202, $$"""{"workloadId":"{{Id}}"}""");

        await ActAsync(verb + rest, null);

        Assert.Single(_f.Wire.SentTo($"{verb} /api/v1/workloads/distributed/{Id}{rest}"));
    }

    [Fact]
    public async Task ById_WhenNoEndpointKnowsIt_IsNotFound()
    {
        _f.Wire.On($"DELETE /api/v1/workloads/trainings/{Id}", 404, Gone).On($"DELETE /api/v1/workloads/distributed/{Id}", 404, Gone);

        var failure = await Assert.ThrowsAsync<RunAiApiException>(() => _f.Client.DeleteTrainingAsync(Id, default));

        Assert.Equal((ErrorIds.WorkloadNotFound, Id), (failure.ErrorId, failure.Target));
    }

    [Fact]
    public async Task ById_WhenTheFirstEndpointIsInTrouble_DoesNotAskTheOther()
    {
        _f.Wire.On($"POST /api/v1/workloads/trainings/{Id}/suspend", 403, """{"code":403,"message":"no"}""");

        var failure = await Assert.ThrowsAsync<RunAiApiException>(() => _f.Client.SuspendTrainingAsync(Id, default));

        Assert.Equal(403, failure.StatusCode);
        Assert.Empty(_f.Wire.SentTo($"POST /api/v1/workloads/distributed/{Id}/suspend"));
    }

    [Fact]
    public async Task Policy_OfDistributedTrainings_IsReadAndRememberedApart()
    {
        _f.Wire.On("GET /api/v2/policy/trainings", 404, Gone)
            .On("GET /api/v2/policy/distributed", 200, """{"effective":{"defaults":{"worker":{"image":"w"},"master":{"image":"m"}}}}""");

        Assert.Null(await _f.Client.GetTrainingPolicyAsync("1", default));
        var policy = await _f.Client.GetTrainingPolicyAsync("1", default, TrainingKind.Distributed);
        await _f.Client.GetTrainingPolicyAsync("1", default, TrainingKind.Distributed);

        Assert.Equal(("w", "m"), ((string?)policy!.Of("worker").Defaults["image"], (string?)policy.Of("master").Defaults["image"]));
        Assert.Single(_f.Wire.SentTo("GET /api/v2/policy/distributed"));
        _f.Client.Session.InvalidateProject("1");
        await _f.Client.GetTrainingPolicyAsync("1", default, TrainingKind.Distributed);
        Assert.Equal(2, _f.Wire.SentTo("GET /api/v2/policy/distributed").Count());
    }

    private Task ActAsync(string action, TrainingKind? kind) => action switch
    {
        "GET" => _f.Client.GetTrainingAsync(Id, default, kind),
        "DELETE" => _f.Client.DeleteTrainingAsync(Id, default, kind),
        "POST/suspend" => _f.Client.SuspendTrainingAsync(Id, default, kind),
        _ => _f.Client.ResumeTrainingAsync(Id, default, kind),
    };
}
