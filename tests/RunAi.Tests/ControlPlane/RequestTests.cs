using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;

namespace RunAi.Tests.ControlPlane;

public sealed class RequestTests : IDisposable
{
    private const string Id = "71f69d83-ba66-4822-adf5-55ce55efd210";
    private readonly ControlPlaneFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task Token_IsAskedForWithExactlyTheDocumentsFields()
    {
        await _f.Client.ConnectAsync(default);

        var sent = Assert.Single(_f.Wire.Sent);
        Assert.Equal("POST /api/v1/token", sent.ToString());
        Assert.Equal(
            """{"grantType":"client_credentials","clientID":"step-runner","clientSecret":"canary-client-secret-9f2c"}""", sent.Body);
        Assert.Equal("application/json", sent.ContentType);
        Assert.Equal("application/json", sent.Accept);
        Assert.Null(sent.Authorization);
    }

    [Fact]
    public async Task WarmSubmit_IsOneRequestWithTheBodyAsGiven()
    {
        _f.Wire.On(ControlPlaneFixture.Create, 202, $$"""{"workloadId":"{{Id}}","name":"a","projectId":"1"}""");
        await _f.Client.ConnectAsync(default);
        _f.Wire.Sent.Clear();
        var body = new JObject
        {
            ["name"] = "a",
            ["projectId"] = "1",
            ["spec"] = new JObject { ["image"] = "busybox", ["args"] = "é 'x'" },
        };

        var training = await _f.Client.CreateTrainingAsync(body, default);

        var sent = Assert.Single(_f.Wire.Sent);
        Assert.Equal(Id, training.WorkloadId);
        Assert.Equal("POST /api/v1/workloads/trainings", sent.ToString());
        Assert.Equal("""{"name":"a","projectId":"1","spec":{"image":"busybox","args":"é 'x'"}}""", sent.Body);
        Assert.Equal("Bearer " + ControlPlaneFixture.Bearer, sent.Authorization);
    }

    [Theory]
    [InlineData("get", "GET /api/v1/workloads/trainings/" + Id)]
    [InlineData("delete", "DELETE /api/v1/workloads/trainings/" + Id)]
    [InlineData("suspend", "POST /api/v1/workloads/trainings/" + Id + "/suspend")]
    [InlineData("resume", "POST /api/v1/workloads/trainings/" + Id + "/resume")]
    public async Task TrainingById_IsAddressedByItsPathWithoutABody(string action, string expected)
    {
        _f.Wire.On(expected, 202, $$"""{"workloadId":"{{Id}}","code":202,"message":"Request has been accepted."}""");

        await (action switch
        {
            "get" => _f.Client.GetTrainingAsync(Id, default),
            "delete" => _f.Client.DeleteTrainingAsync(Id, default),
            "suspend" => _f.Client.SuspendTrainingAsync(Id, default),
            _ => _f.Client.ResumeTrainingAsync(Id, default),
        });

        var sent = Assert.Single(_f.Wire.SentTo(expected));
        Assert.Equal(expected, sent.ToString());
        Assert.Equal("", sent.Body);
        Assert.Null(sent.ContentType);
    }

    [Fact]
    public async Task ListWorkloads_JoinsEncodedFiltersByCommasAndOmitsTheUnset()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, """{"workloads":[]}""");
        var since = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1234567);

        await _f.Client.ListWorkloadsAsync(new WorkloadQuery(), default);
        await _f.Client.ListWorkloadsAsync(
            new WorkloadQuery
            {
                Filters =
                [
                    Filter.Equal("projectId", "1"),
                    Filter.StartsWith("name", "runai-a&b"),
                    Filter.NotEqual("phase", "Completed"),
                    Filter.AtLeast("phaseUpdatedAt", since),
                ],
                SortBy = "phaseUpdatedAt",
                Descending = true,
                Limit = 500,
                Offset = 1000,
                Search = "a b",
                Deleted = true,
            },
            default);

        Assert.Equal(
            [
                "GET /api/v1/workloads",
                "GET /api/v1/workloads?deleted=true&offset=1000&limit=500&sortOrder=desc&sortBy=phaseUpdatedAt"
                + "&filterBy=projectId%3D%3D1,name%3D%5Erunai-a%26b,phase%21%3DCompleted"
                + ",phaseUpdatedAt%3E%3D2030-01-02T01%3A04%3A05.123456Z"
                + "&search=a%20b",
            ],
            _f.Wire.SentTo(ControlPlaneFixture.List).Select(r => r.ToString()));
    }

    [Fact]
    public async Task ListWorkloads_FilterWithAComma_IsRefusedBeforeAnythingIsSent()
    {
        var error = await Assert.ThrowsAsync<RunAiException>(() => _f.Client.ListWorkloadsAsync(
            new WorkloadQuery { Filters = [Filter.Equal("name", "a,phase==Failed")] }, default));

        Assert.Equal(ErrorIds.InvalidFilter, error.ErrorId);
        Assert.Empty(_f.Wire.Sent);
    }

    [Fact]
    public async Task OtherReads_UseTheDocumentsPathsAndParameters()
    {
        var root = "/api/v1/workloads/" + Id;
        _f.Wire.On("GET " + root, 200, $$"""{"id":"{{Id}}"}""")
            .On($"GET {root}/events", 200, """{"events":[]}""")
            .On($"GET {root}/history", 200, """{"records":[]}""")
            .On($"GET {root}/pods", 200, """{"pods":[]}""")
            .On("GET /api/v1/clusters", 200, "[]")
            .On("GET /api/v1/org-unit/projects", 200, """{"projects":[]}""")
            .On("GET /api/v2/policy/trainings", 200, "{}");

        await _f.Client.GetWorkloadAsync(Id, default);
        await _f.Client.ListEventsAsync(Id, 20, default);
        await _f.Client.ListHistoryAsync(Id, 30, default);
        await _f.Client.ListPodsAsync(Id, 40, default);
        await _f.Client.ListClustersAsync(default);
        await _f.Client.FindProjectsAsync("my project+1", default);
        await _f.Client.ListProjectsAsync(default, search: "vis");
        await _f.Client.GetTrainingPolicyAsync("1", default);

        Assert.Equal(
            [
                "GET " + root,
                $"GET {root}/events?offset=0&limit=20",
                $"GET {root}/history?offset=0&limit=30",
                $"GET {root}/pods?offset=0&limit=40",
                "GET /api/v1/clusters",
                "GET /api/v1/org-unit/projects?offset=0&limit=500&sortOrder=asc&sortBy=name&filterBy=name%3D%3Dmy%20project%2B1",
                "GET /api/v1/org-unit/projects?offset=0&limit=500&sortOrder=asc&sortBy=name&search=vis",
                "GET /api/v2/policy/trainings?scope=project&projectId=1",
            ],
            _f.Wire.Sent.Skip(1).Select(r => r.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("..")]
    public async Task ById_AnIdThatWouldNameAnotherPath_IsRefused(string id)
    {
        var error = await Assert.ThrowsAsync<RunAiException>(() => _f.Client.DeleteTrainingAsync(id, default));

        Assert.Equal(ErrorIds.WorkloadNotFound, error.ErrorId);
        Assert.Empty(_f.Wire.Sent);
    }

    [Fact]
    public async Task ById_ReservedCharacters_StayInsideTheSegment()
    {
        _f.Wire.On("GET /api/v1/workloads/a%2F..%2Fb%3Fc", 200, """{"id":"x"}""");

        await _f.Client.GetWorkloadAsync("a/../b?c", default);

        Assert.Equal("/api/v1/workloads/a%2F..%2Fb%3Fc", _f.Wire.Sent.Last().Target);
    }

    [Fact]
    public async Task BaseUrlWithAPath_IsKeptBeforeThePath()
    {
        _f.Wire.On("POST /runai/api/v1/token", 200, """{"accessToken":"t"}""").On("GET /runai/api/v1/clusters", 200, "[]");
        var session = _f.Cache.GetOrAdd("https://org.run.ai/runai/", "x", "a test");
        var client = new ControlPlaneClient(
            session, new ClientCredential(_ => Task.FromResult(new RunAi.Secrets.SecretText("s")), "x"), _f.Log);

        await client.ListClustersAsync(default);

        Assert.Equal("/runai/api/v1/clusters", _f.Wire.Sent.Last().Target);
    }

    [Fact]
    public async Task Verbose_TellsMethodPathStatusTimeAndRequestId_AndNoQuery()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, """{"workloads":[]}""", headers: ("X-Request-Id", "r-42"));

        await _f.Client.ListWorkloadsAsync(new WorkloadQuery { Search = "hidden" }, default);

        Assert.Equal(["POST /api/v1/token 200 0 ms", "GET /api/v1/workloads 200 0 ms (request id r-42)"], _f.Log.VerboseLines);
    }
}
