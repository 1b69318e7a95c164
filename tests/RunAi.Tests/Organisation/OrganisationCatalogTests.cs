using RunAi.Operators;
using RunAi.Organisation;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Organisation;

public sealed class OrganisationCatalogTests : IDisposable
{
    private const string Projects = "GET /api/v1/org-unit/projects";
    private const string Clusters = "GET /api/v1/clusters";
    private const string Nodes = "GET /api/v1/nodes";
    private const string Pools = "GET /api/v1/node-pools";
    private const string Telemetry = "GET /api/v1/nodes/telemetry";
    private readonly ControlPlaneFixture _f = new();
    private readonly StepOperatorConnection _connection;

    public OrganisationCatalogTests()
    {
        _connection = new StepOperatorConnection(new StepOperator { Name = "gpu", RunAiBaseUrl = ControlPlaneFixture.BaseUrl }, _f.Client);
        _f.Wire.On(Clusters, 200,
            """[{"uuid":"C-1","name":"prod","status":{"state":"Connected","platform":{"type":"eks","kubeVersion":"v1.33"}}}]""");
    }

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task Project_OfTheWire_IsGpusCoresAndBytes()
    {
        _f.Wire.On(Projects, 200, """
            {"projects":[{"id":1,"name":"vision","clusterId":"c-1","parentId":"4","parent":{"id":"4","name":"research"},
              "status":{"namespace":"runai-vision","phase":"Ready","quotaStatus":{"allocated":{"gpu":1.5,"cpu":2500,"memory":4000},"allocatedNonPreemptible":{"gpu":0.5},"requested":{"gpu":3}},
                "nodePoolQuotaStatuses":[{"nodePoolName":"a100","nodePoolId":"7","allocated":{"gpu":1.5,"cpu":2500,"memory":4000},"requested":{"gpu":3}}]},
              "resources":[{"nodePool":{"id":"7","name":"a100"},"gpu":{"deserved":4,"limit":6,"overQuotaWeight":2},"cpu":{"deserved":8000},"memory":{"deserved":1024,"limit":2048,"units":"Mib"},"priority":"Normal"},
                           {"nodePool":{"id":"8","name":"t4"},"gpu":{"deserved":1},"memory":{"deserved":2,"units":"GB"}}],
              "effective":{"defaultNodePools":["a100"],"schedulingRules":{"trainingJobTimeLimitSeconds":3600}}}]}
            """);

        var project = Assert.Single(await ProjectsAsync(new ListFilter()));

        Assert.Equal(
            ("1", "vision", "prod", "research", "Ready"),
            (project.ProjectId, project.Name, project.ClusterName, project.DepartmentName, project.Status));
        Assert.Equal(
            (5.0, 1.5, 0.5, 3.0), (project.GpuQuota, project.GpuAllocated, project.GpuAllocatedNonPreemptible, project.GpuRequested));
        Assert.Equal((8.0, 2.5), (project.CpuQuota, project.CpuAllocated));
        Assert.Equal((1024L * 1024 * 1024 + 2_000_000_000, 4_000_000_000), (project.MemoryQuota, project.MemoryAllocated));
        Assert.Equal(
            (6.0, 8.0, 2L * 1024 * 1024 * 1024),
            (project.NodePools[0].GpuLimit, project.NodePools[0].CpuQuota, project.NodePools[0].MemoryLimit));
        Assert.Equal(
            ((double?)null, (double?)null, (long?)null),
            (project.NodePools[1].GpuLimit, project.NodePools[1].CpuQuota, project.NodePools[1].MemoryLimit));
        Assert.Equal(TimeSpan.FromHours(1), project.TrainingTimeLimit);
        Assert.Equal("vision (1.5/5 GPUs)", project.ToString());
        Assert.Equal("a100 1.5/4\nt4 ?/1", project.NodePoolUse);
    }

    [Fact]
    public async Task Project_OfWhichNothingIsKnown_SaysSo()
    {
        _f.Wire.On(Projects, 200, """{"projects":[{"id":"1","name":"bare","clusterId":"elsewhere"}]}""");

        var project = Assert.Single(await ProjectsAsync(new ListFilter()));

        Assert.Equal((null, null, null, null), (project.GpuQuota, project.GpuAllocated, project.MemoryQuota, project.ClusterName));
        Assert.Equal("bare (?/? GPUs)", project.ToString());
    }

    [Fact]
    public async Task Projects_WithConditions_AreFilteredByTheControlPlaneWhereItCan()
    {
        _f.Wire.On(Projects, 200, """
            {"projects":[{"id":"1","name":"team-a","clusterId":"c-1","resources":[{"nodePool":{"id":"7","name":"a100"}}]},
                         {"id":"2","name":"team-b","clusterId":"c-1","resources":[{"nodePool":{"id":"8","name":"t4"}}]}]}
            """);

        var found = await ProjectsAsync(new ListFilter
        {
            Name = new NameFilter("team-*", static name => name.StartsWith("team-", StringComparison.Ordinal)),
            Cluster = "PROD",
            NodePool = new NameFilter("a*", static name => name[0] == 'a'),
            Statuses = ["Ready"],
            SortBy = "gpuAllocated",
            Descending = true,
        });

        Assert.Equal("team-a", Assert.Single(found).Name);
        Assert.Equal(
            "?offset=0&limit=500&sortOrder=desc&sortBy=gpuAllocated&filterBy=name%3D%5Eteam-,clusterId%3D%3DC-1,phase%3D%3DReady",
            Assert.Single(_f.Wire.SentTo(Projects)).Target.Replace("/api/v1/org-unit/projects", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Projects_TheFirst_AreOnePageOfAsMany_OrPagesUntilThereAreEnough()
    {
        _f.Wire.On(Projects, 200, Rows("projects", 500, "a")).On(Projects, 200, Rows("projects", 500, "b"))
            .On(Projects, 200, Rows("projects", 500, "c"));

        Assert.Equal(2, (await ProjectsAsync(new ListFilter
        {
            Most = 2,
            Statuses = ["Ready", ""],
            Name = new NameFilter("?4*", static name => name[1] == '4' && name[0] == 'b'),
        })).Count);
        Assert.Equal(2, _f.Wire.SentTo(Projects).Count());

        await ProjectsAsync(new ListFilter { Most = 3 });
        Assert.Contains("limit=3&", _f.Wire.SentTo(Projects).Last().Target, StringComparison.Ordinal);
        Assert.Equal(3, _f.Wire.SentTo(Projects).Count());
    }

    [Fact]
    public async Task Projects_OnAClusterThatIsNotThere_AreAnErrorThatNamesThoseThatAre()
    {
        var error = await Assert.ThrowsAsync<RunAiException>(() => ProjectsAsync(new ListFilter { Cluster = "prd" }));

        Assert.Equal((ErrorIds.ClusterNotFound, "prd"), (error.ErrorId, error.Target));
        Assert.Contains("Did you mean 'prod'? There are: prod.", error.Message, StringComparison.Ordinal);
        Assert.Empty(_f.Wire.SentTo(Projects));
    }

    [Fact]
    public async Task Nodes_WithTelemetry_HaveFreeGpus_OfTheirOwnCluster()
    {
        _f.Wire.On(Nodes, 200, """
            {"nodes":[{"name":"n1","id":"11111111-2222-3333-4444-555555555555","clusterUuid":"C-1","status":"NotReady","nodePool":"a100","gpuInfo":{"gpuType":"A100","gpuCount":8},
              "taints":[{"key":"k","value":"v","effect":"NoSchedule"},{"key":"bare","effect":"NoExecute"}],"conditions":[{"type":"Ready","reason":"KubeletNotReady","message":"no runtime"}]},
              {"name":"n1","clusterUuid":"c-2","status":"Ready","nodePool":"cpu"}]}
            """).On(Telemetry, 200, """
            {"values":[{"value":"2.5","groups":[{"key":"ClusterId","value":"c-1"},{"key":"Node","value":"11111111-2222-3333-4444-555555555555","name":"n1"}]},
                       {"value":"NaN","groups":[{"key":"ClusterId","value":"c-2"},{"key":"Node","value":"n1"}]}]}
            """);
        List<Node> nodes = [];

        await new NodeCatalog(_connection).EachAsync(new ListFilter(), Take(nodes), default);

        Assert.Equal(("A100", 8, 2.5, "prod"), (nodes[0].GpuType, nodes[0].GpuCount, nodes[0].GpuFree, nodes[0].ClusterName));
        Assert.Equal(["k=v:NoSchedule", "bare:NoExecute"], nodes[0].Taints);
        Assert.Equal("Ready: no runtime", Assert.Single(nodes[0].StatusReasons));
        Assert.Equal((null, 0, null, null), (nodes[1].GpuType, nodes[1].GpuCount, nodes[1].GpuFree, nodes[1].ClusterName));
    }

    [Fact]
    public async Task NodePools_WithoutAMetricsStore_AreListedAllTheSame()
    {
        _f.Wire.On(Pools, 200,
            """{"nodepools":[{"id":"7","name":"a100","clusterId":"C-1","clusterName":"prod","labelKey":"k","labelValue":"v","phase":"Ready","status":{"nodes":["n1","n2"]},"schedulingConfiguration":{"placementStrategy":{"gpu":"binpack"},"minGuaranteedRuntime":"0"}}]}""")
            .On(Telemetry, 503, """{"code":503,"message":"Please try again in few minutes."}""");
        List<NodePool> pools = [];

        await new NodePoolCatalog(_connection).EachAsync(new ListFilter { Cluster = "prod" }, Take(pools), default);

        var pool = Assert.Single(pools);
        Assert.Equal(
            ("a100", "prod", "Ready", "k=v", "binpack"), (pool.Name, pool.ClusterName, pool.Status, pool.NodeLabel, pool.GpuPlacement));
        Assert.Equal((null, null, null), (pool.GpuCount, pool.GpuFree, pool.MinGuaranteedRuntime));
        Assert.Equal(["n1", "n2"], pool.Nodes);
        Assert.Single(_f.Wire.SentTo(Telemetry));
        Assert.Contains(_f.Log.All, line => line.Contains("Free GPUs are not shown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clusters_AreChosenAndSortedHere()
    {
        using var f = new ControlPlaneFixture();
        f.Wire.On(Clusters, 200, """
            [{"uuid":"1","name":"beta","version":"2.1","status":{"state":"Connected"}},{"uuid":"2","name":"Alpha","version":"2.3","status":{"state":"Disconnected"}},
             {"uuid":"3","name":"gamma","version":"2.2"}]
            """).On(Telemetry, 200, """{"values":[{"value":"8","groups":[{"key":"ClusterId","value":"1"}]}]}""");
        var catalog = new ClusterCatalog(new StepOperatorConnection(_connection.Operator, f.Client));

        Assert.Equal("Alpha,beta,gamma", await NamesAsync(new ListFilter()));
        Assert.Equal("Alpha,gamma,beta", await NamesAsync(new ListFilter { SortBy = "Version", Descending = true }));
        Assert.Equal("Alpha", await NamesAsync(new ListFilter { Statuses = ["disconnected"] }));
        Assert.Equal("beta", await NamesAsync(
            new ListFilter { Name = new NameFilter("*t*", static name => name.Contains('t', StringComparison.Ordinal)) }));
        Assert.Equal("Alpha,beta", await NamesAsync(new ListFilter { Most = 2 }));
        Assert.Equal(8, Assert.Single(await catalog.ListAsync(new ListFilter { Statuses = ["Connected"] }, default)).GpuFree);
        Assert.Single(f.Wire.SentTo(Clusters));

        async Task<string> NamesAsync(ListFilter wish) =>
            string.Join(',', (await catalog.ListAsync(wish, default)).Select(cluster => cluster.Name));
    }

    private async Task<List<Project>> ProjectsAsync(ListFilter wish)
    {
        List<Project> projects = [];
        await new ProjectCatalog(_connection).EachAsync(wish, Take(projects), default);
        return projects;
    }

    private static Func<IEnumerable<T>, Task> Take<T>(List<T> into) => page =>
    {
        into.AddRange(page);
        return Task.CompletedTask;
    };

    private static string Rows(string what, int count, string prefix) =>
        $$"""{"{{what}}":[{{string.Join(",", Enumerable.Range(0, count).Select(i => $$"""{"id":"{{prefix}}{{i}}","name":"{{prefix}}{{i}}"}"""))}}],"next":{{(prefix == "a" ? 500 : prefix == "b" ? 1000 : 1500)}}}""";
}
