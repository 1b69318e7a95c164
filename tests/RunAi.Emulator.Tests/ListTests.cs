using System.Net;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Tests;

public class ListTests
{
    [Fact]
    public async Task Pages_FollowedByNext_GiveEveryWorkloadOnce()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        for (var i = 0; i < 7; i++)
        {
            await emulator.SubmitAsync($"w{i}");
        }

        var names = new List<string>();
        for (int? offset = 0; offset is not null;)
        {
            var page = await emulator.GetAsync($"/api/v1/workloads?offset={offset}&limit=3");
            names.AddRange(((JsonArray)page["workloads"]!).Select(workload => (string)workload!["name"]!));
            offset = (int?)page["next"];
        }

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"w{i}"), names);
    }

    [Theory]
    [InlineData("name==alpha", "alpha")]
    [InlineData("name!=alpha", "beta,gamma")]
    [InlineData("name=@a", "alpha,beta,gamma")]
    [InlineData("name!@m", "alpha,beta")]
    [InlineData("name=^b", "beta")]
    [InlineData("name=$ma", "gamma")]
    [InlineData("name>=beta", "beta,gamma")]
    [InlineData("name<=beta", "alpha,beta")]
    [InlineData("projectName==vision", "gamma")]
    [InlineData("projectId==1,name!=beta", "alpha")]
    [InlineData("phase==Running", "alpha,beta,gamma")]
    [InlineData("allocatedGPU>=0.5", "beta,gamma")]
    [InlineData("allocatedGPU==0", "alpha")]
    [InlineData("nodepool==a100", "gamma")]
    [InlineData("nodepool!=a100", "alpha,beta")]
    [InlineData("priority>=41", "")]
    [InlineData("completedAt>=2020-01-01T00:00:00Z", "")]
    [InlineData("createdAt>=2026-01-02T03:04:05.000Z", "alpha,beta,gamma")]
    [InlineData("createdAt<=2026-01-02T03:04:04Z", "")]
    [InlineData("distributedFramework==MPI", "")]
    [InlineData("totalRunningTimeSeconds>=1,type==Training", "alpha,beta,gamma")]
    public async Task FilterBy_ByTheGrammar_ChoosesWorkloads(string filter, string expected)
    {
        await using var emulator = await ThreeAsync();

        var path = $"filterBy={Uri.EscapeDataString(filter)}";
        var names = Names(await emulator.GetAsync($"/api/v1/workloads?{path}"));

        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), names);
        Assert.Equal(names.Count, (int)(await emulator.GetAsync($"/api/v1/workloads/count?{path}"))["count"]!);
    }

    [Theory]
    [InlineData("sortBy=name&sortOrder=desc", "gamma,beta,alpha")]
    [InlineData("sortBy=allocatedGPU", "alpha,beta,gamma")]
    [InlineData("sortBy=projectName&sortOrder=desc", "gamma,alpha,beta")]
    [InlineData("sortBy=createdAt&sortOrder=asc&limit=2", "alpha,beta")]
    [InlineData("sortBy=nodepool", "gamma,alpha,beta")]
    [InlineData("search=BET", "beta")]
    public async Task SortAndSearch_ByTheGrammar_OrderWorkloads(string query, string expected)
    {
        await using var emulator = await ThreeAsync();

        Assert.Equal(expected.Split(','), Names(await emulator.GetAsync($"/api/v1/workloads?{query}")));
    }

    [Theory]
    [InlineData("filterBy=label==x")]
    [InlineData("filterBy=name")]
    [InlineData("filterBy=name~x")]
    [InlineData("filterBy=name%3D%3D")]
    [InlineData("filterBy=createdAt%3D@2026")]
    [InlineData("filterBy=createdAt%3D%3Dyesterday")]
    [InlineData("filterBy=allocatedGPU>%3Dmany")]
    [InlineData("sortBy=labels")]
    [InlineData("sortBy=name&sortOrder=up")]
    [InlineData("limit=501")]
    [InlineData("limit=0")]
    [InlineData("offset=-1")]
    [InlineData("offset=x")]
    public async Task Query_AgainstTheGrammar_IsABadRequest(string query)
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await emulator.Client.GetAsync($"/api/v1/workloads?{query}")).StatusCode);
    }

    [Fact]
    public async Task Events_WithoutASortOrder_ComeNewestFirst()
    {
        await using var emulator = await ThreeAsync();
        var id = (string)(await emulator.GetAsync("/api/v1/workloads"))["workloads"]![0]!["id"]!;

        var newest = Times(await emulator.GetAsync($"/api/v1/workloads/{id}/events"));
        var oldest = Times(await emulator.GetAsync($"/api/v1/workloads/{id}/events?sortOrder=asc"));

        Assert.Equal(oldest.Order(StringComparer.Ordinal), oldest);
        Assert.Equal(oldest.AsEnumerable().Reverse(), newest);
    }

    [Fact]
    public async Task Organisation_OfTheDefaultSeed_AnswersAsTheDocumentSays()
    {
        await using var emulator = await ThreeAsync();

        var demo = Assert.Single((JsonArray)(await emulator.GetAsync("/api/v1/org-unit/projects?filterBy=name==demo"))["projects"]!)!;
        Assert.Equal(2, (int)demo["totalResources"]!["gpuQuota"]!);
        Assert.Equal(0.5, (double)demo["status"]!["quotaStatus"]!["allocated"]!["gpu"]!);
        Assert.Equal(2, (int)(await emulator.GetAsync("/api/v1/org-unit/projects/count"))["count"]!);
        Assert.Equal("vision", (string?)(await emulator.GetAsync("/api/v1/org-unit/projects/2"))["name"]);
        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.GetAsync("/api/v1/org-unit/projects/3")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await emulator.Client.GetAsync("/api/v1/org-unit/projects?sortBy=id")).StatusCode);
        Assert.Null((await emulator.GetAsync("/api/v1/org-unit/departments"))["departments"]![0]!["status"]);
        Assert.NotNull((await emulator.GetAsync("/api/v1/org-unit/departments?verbosity=verbose"))["departments"]![0]!["status"]);
        Assert.Equal(TestEmulator.Cluster, (string?)(await emulator.GetAsync("/api/v1/clusters"))[0]!["uuid"]);
        Assert.Equal("Connected", (string?)(await emulator.GetAsync($"/api/v1/clusters/{TestEmulator.Cluster}"))["status"]!["state"]);
        Assert.Null((await emulator.GetAsync("/api/v1/clusters?verbosity=metadata"))[0]!["status"]);
        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.GetAsync($"/api/v1/clusters/{Guid.NewGuid()}")).StatusCode);
        Assert.Equal(
            ["a100", "default"],
            ((JsonArray)(await emulator.GetAsync("/api/v1/node-pools?sortBy=name"))["nodepools"]!).Select(pool => (string)pool!["name"]!));
        var gpuNode = Assert.Single((JsonArray)(await emulator.GetAsync("/api/v1/nodes?filterBy=gpuType=@A100"))["nodes"]!)!;
        Assert.Equal(8, (int)gpuNode["gpuInfo"]!["gpuCount"]!);
        Assert.Equal(
            "very-high",
            (string?)(await emulator.GetAsync("/api/v1/workload-priorities?sortBy=value&sortOrder=desc"))["priorities"]![0]!["name"]);
        Assert.Equal(3, ((JsonArray)(await emulator.GetAsync("/api/v1/workloads/pods?completed=false"))["pods"]!).Count);
        var onA100 = (JsonArray)(await emulator.GetAsync(
            "/api/v1/workloads/pods?filterBy=currentNodepool==a100&sortBy=createdAt"))["pods"]!;
        Assert.Equal("gamma", (string?)Assert.Single(onA100)!["workloadName"]);
    }

    [Fact]
    public async Task Paths_ThatTheEmulatorLacks_AreNotFoundWithABody()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        emulator.Bare.DefaultRequestHeaders.Authorization = emulator.Client.DefaultRequestHeaders.Authorization;

        var answer = await emulator.Bare.GetAsync("/api/v1/nothing");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(404, (int)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!);
    }

    private static async Task<TestEmulator> ThreeAsync()
    {
        var emulator = await TestEmulator.SimulateAsync();
        await emulator.SubmitAsync("alpha");
        await emulator.SubmitAsync("beta", TestEmulator.Gpu(portion: 0.5));
        await emulator.SubmitAsync("gamma", TestEmulator.Gpu(), project: "2");
        await emulator.AdvanceAsync(2);
        return emulator;
    }

    private static List<string> Names(JsonNode page) => [.. ((JsonArray)page["workloads"]!).Select(workload => (string)workload!["name"]!)];

    private static List<string> Times(JsonNode page) => [.. ((JsonArray)page["events"]!).Select(e => (string)e!["createdAt"]!)];
}
