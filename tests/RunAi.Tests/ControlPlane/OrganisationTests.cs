using RunAi.ControlPlane;

namespace RunAi.Tests.ControlPlane;

public sealed class OrganisationTests : IDisposable
{
    private const string Projects = "GET /api/v1/org-unit/projects";
    private readonly ControlPlaneFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task Project_WithQuotaAndUse_IsReadAsTheDocumentHasIt()
    {
        _f.Wire.On(Projects, 200, """
            {"projects":[{"id":1,"name":"vision","clusterId":"c-1","parentId":"4","createdAt":"2024-01-02T03:04:05.123456Z",
              "status":{"namespace":"runai-vision","phase":"Hibernating","nodePoolQuotaStatuses":[
                {"nodePoolName":"default","nodePoolId":"7","allocated":{"gpu":1.5},"allocatedNonPreemptible":{"gpu":0.5},"requested":{"gpu":2}}]},
              "resources":[{"nodePool":{"id":"7","name":"default"},"gpu":{"deserved":4,"limit":null},"cpu":null,"memory":{"deserved":1024,"units":"MB"}}],
              "defaultNodePools":null,"effective":{"defaultNodePools":["default"],"schedulingRules":{"trainingJobTimeLimitSeconds":3600}},
              "somethingNew":{"a":[1]}}]}
            """);

        var project = await _f.Client.GetProjectAsync("vision", default);

        // T1: ids are text whatever the server sends; unknown phases are kept as they are.
        Assert.Equal(("1", "c-1", "Hibernating"), (project.Id, project.ClusterId, project.Status!.Phase));
        Assert.Equal(
            (1.5, 0.5),
            (project.Status.NodePoolQuotaStatuses[0].Allocated!.Gpu, project.Status.NodePoolQuotaStatuses[0].AllocatedNonPreemptible!.Gpu));
        Assert.Equal((4d, null), (project.Resources[0].Gpu!.Deserved, project.Resources[0].Gpu!.Limit));
        Assert.Empty(project.DefaultNodePools);
        Assert.Equal(["default"], project.Effective!.DefaultNodePools);
        Assert.Equal(3600, project.Effective.SchedulingRules!.TrainingJobTimeLimitSeconds);
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234560), project.CreatedAt);
    }

    [Fact]
    public async Task Project_IsRememberedForFiveMinutes_OrUntilItIsRefused()
    {
        _f.Wire.On(Projects, 200, """{"projects":[{"id":"1","name":"vision","clusterId":"c"}]}""");

        await _f.Client.GetProjectAsync("vision", default);
        await _f.Client.GetProjectAsync("vision", default);
        Assert.Single(_f.Wire.SentTo(Projects));
        Assert.Equal(1, _f.Session.ToSnapshot().ProjectCount);

        _f.Session.InvalidateProject("1");
        await _f.Client.GetProjectAsync("vision", default);
        Assert.Equal(2, _f.Wire.SentTo(Projects).Count());

        _f.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(0, _f.Session.ToSnapshot().ProjectCount);
        await _f.Client.GetProjectAsync("vision", default);
        Assert.Equal(3, _f.Wire.SentTo(Projects).Count());
    }

    [Fact]
    public async Task Project_ThatIsNotThere_ListsTheVisibleOnesAndTheClosest()
    {
        _f.Wire.On(Projects, 200, """{"projects":[]}""")
            .On(Projects, 200, """{"projects":[{"id":"1","name":"vision"},{"id":"2","name":"speech"}]}""");

        var error = await Assert.ThrowsAsync<RunAiException>(() => _f.Client.GetProjectAsync("Vison", default));

        Assert.Equal((ErrorIds.ProjectNotFound, "Vison"), (error.ErrorId, error.Target));
        Assert.Contains("Did you mean 'vision'?", error.Message);
        Assert.Contains("speech, vision", error.Message);
    }

    [Fact]
    public async Task Project_WhenNoneIsVisible_SaysSo()
    {
        _f.Wire.On(Projects, 200, """{"projects":[]}""");

        var error = await Assert.ThrowsAsync<RunAiException>(() => _f.Client.GetProjectAsync("vision", default));

        Assert.Contains("no project at all", error.Message);
    }

    [Fact]
    public async Task Project_MetTwice_IsNotGuessed()
    {
        _f.Wire.On(
            Projects, 200, """{"projects":[{"id":"1","name":"vision","clusterId":"a"},{"id":"2","name":"vision","clusterId":"b"}]}""");

        var error = await Assert.ThrowsAsync<RunAiException>(() => _f.Client.GetProjectAsync("vision", default));

        Assert.Contains("id 2 on cluster b", error.Message);
    }

    [Fact]
    public async Task FindProjects_NameWithAComma_IsSearchedForAndComparedHere()
    {
        _f.Wire.On(Projects, 200, """{"projects":[{"id":"1","name":"a,b"},{"id":"2","name":"a,bc"}]}""");

        var found = await _f.Client.FindProjectsAsync("a,b", default);

        Assert.Equal("1", Assert.Single(found).Id);
        Assert.EndsWith("&search=a%2Cb", _f.Wire.Sent.Last().Target);
        Assert.DoesNotContain("filterBy", _f.Wire.Sent.Last().Target);
    }

    [Fact]
    public async Task Clusters_AreABareArrayWithUuids_AndAreRemembered()
    {
        _f.Wire.On("GET /api/v1/clusters", 200,
            """[{"uuid":"c-1","name":"main","status":{"state":"OnFire","config":{"workloadOwnershipProtection":true}}}]""");

        await _f.Client.ListClustersAsync(default);
        var cluster = Assert.Single(await _f.Client.ListClustersAsync(default));

        Assert.Equal(("c-1", "main", "OnFire"), (cluster.Uuid, cluster.Name, cluster.Status!.State));
        Assert.True(cluster.Status.Config!.WorkloadOwnershipProtection);
        Assert.Single(_f.Wire.SentTo("GET /api/v1/clusters"));
    }

    [Fact]
    public async Task NodePools_HaveNoNext_ArePagedWhileFullAndRemembered()
    {
        const string Pools = "GET /api/v1/node-pools";
        _f.Wire.On(Pools, 200,
            $$"""{"nodepools":[{{string.Join(",", Enumerable.Range(0, 500).Select(i => $$"""{"id":"{{i}}","name":"p{{i}}"}"""))}}]}""")
            .On(Pools, 200,
                """{"nodepools":[{"id":"500","name":"last","clusterId":"c-1","isDefault":true,"phase":"Empty","schedulingConfiguration":{"minGuaranteedRuntime":"5h"}}]}""");

        await _f.Client.ListNodePoolsAsync(default);
        var pools = await _f.Client.ListNodePoolsAsync(default);

        Assert.Equal(501, pools.Count);
        Assert.Equal(("last", "c-1", true, "Empty", "5h"), (
            pools[500].Name, pools[500].ClusterId, pools[500].IsDefault, pools[500].Phase,
            pools[500].SchedulingConfiguration!.MinGuaranteedRuntime));
        Assert.Equal(
            ["offset=0&limit=500&sortOrder=asc&sortBy=name", "offset=500&limit=500&sortOrder=asc&sortBy=name"],
            _f.Wire.SentTo(Pools).Select(r => r.Target.Split('?')[1]));
    }

    [Fact]
    public async Task Nodes_WhenEnoughAreFound_AreNotAskedForFurther()
    {
        const string Nodes = "GET /api/v1/nodes";
        _f.Wire.On(Nodes, 200,
            $$"""{"nodes":[{{string.Join(",", Enumerable.Range(0, 500).Select(i => $$"""{"name":"n{{i}}","clusterUuid":"c","status":"Ready","nodePool":"a"}"""))}}]}""");
        List<string> met = [];

        await _f.Client.EachNodeAsync(
            new ListQuery(), int.MaxValue, page => Task.FromResult(met = [.. page.Select(n => n.Name)]), () => met.Count > 0, default);

        Assert.Equal(500, met.Count);
        Assert.Single(_f.Wire.SentTo(Nodes));
    }

    [Fact]
    public async Task Telemetry_IsNotAskedForAgain_WhenTheMetricsStoreIsAway()
    {
        const string Telemetry = "GET /api/v1/nodes/telemetry";
        _f.Wire.On(Telemetry, 503, """{"code":503,"message":"Please try again in few minutes."}""")
            .On(
                Telemetry, 200,
                """{"type":"FREE_GPUS","timestamp":"2024-01-02T03:04:05Z","values":[{"value":"1.5","groups":[{"key":"Node","value":"n1"}]}]}""");

        await _f.FailsAsync(_f.Client.ReadNodeTelemetryAsync("FREE_GPUS", ["Node"], default));
        Assert.Single(_f.Wire.SentTo(Telemetry));

        var told = await _f.Client.ReadNodeTelemetryAsync("FREE_GPUS", ["Node"], default);
        Assert.Equal(("1.5", "n1"), (told.Values[0].Value, told.Values[0].Groups[0].Value));
    }

    [Fact]
    public async Task Priorities_AreRememberedAndForgottenWithTheSession()
    {
        _f.Wire.On("GET /api/v1/workload-priorities", 200, """{"priorities":[{"id":"1","name":"low","value":40}]}""");

        await _f.Client.ListPrioritiesAsync(default);
        Assert.Equal(40, Assert.Single(await _f.Client.ListPrioritiesAsync(default)).Value);
        Assert.Single(_f.Wire.SentTo("GET /api/v1/workload-priorities"));

        _f.Session.Forget();
        await _f.Client.ListPrioritiesAsync(default);
        Assert.Equal(2, _f.Wire.SentTo("GET /api/v1/workload-priorities").Count());
    }
}
