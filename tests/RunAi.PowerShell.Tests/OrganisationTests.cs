using System.Management.Automation;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(CrowdCollection.Name)]
public sealed class OrganisationTests(CrowdedPlane crowd) : IDisposable
{
    private const string Nodes = "/api/v1/nodes";
    private readonly Workspace _workspace = new(crowd.Plane);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Nodes_All_ComeFromAsManyPagesAsItTakes()
    {
        var since = crowd.Plane.LastRequest();

        Assert.Equal(CrowdedPlane.Nodes, _workspace.Run("Get-RunAiNode").ThrowIfFailed().Output.Count);
        Assert.Equal(
            [
                "?offset=0&limit=500&sortOrder=asc&sortBy=name", "?offset=500&limit=500&sortOrder=asc&sortBy=name",
                "?offset=1000&limit=500&sortOrder=asc&sortBy=name",
            ],
            crowd.Plane.Queries(Nodes, since));
        Assert.Single(crowd.Plane.Queries("/api/v1/nodes/telemetry", since));
    }

    [Theory]
    [InlineData("Get-RunAiNode -First 3", "limit=3&")]
    [InlineData("Get-RunAiNode | Select-Object -First 3", "limit=500&")]
    [InlineData("Get-RunAiNode cpu-?00* -First 3", "limit=500&")]
    [InlineData("Get-RunAiNode cpu-0001, cpu-*, gpu-* -First 3", "limit=3&")]
    public void Nodes_OfWhichOnlySomeAreTaken_AreNotAskedForFurther(string command, string firstPage)
    {
        // Select-Object belongs to the utility module, which is not here: this one stops its upstream alike.
        _workspace.Run("function Select-Object([int] $First) { begin { $n = 0 } process { if ($n -lt $First) { $n++; $_ } if ($n -ge "
            + "$First) { break } } }");
        var since = crowd.Plane.LastRequest();

        var taken = _workspace.Run($"foreach ($once in 1) {{ {command} }}").ThrowIfFailed().Output;

        Assert.Equal(3, taken.Count);
        var queries = crowd.Plane.Queries(Nodes, since);
        Assert.Contains(firstPage, queries[0], StringComparison.Ordinal);
        Assert.Equal(command.Contains(',', StringComparison.Ordinal) ? 2 : 1, queries.Count);
    }

    [Theory]
    [InlineData("Get-RunAiNode gpu-*", "gpu-1,gpu-2", "name=^gpu-")]
    [InlineData("Get-RunAiNode -NodePool a100", "gpu-1,gpu-2", "nodePool==a100")]
    [InlineData("Get-RunAiNode -NodePool A1?0", "gpu-1,gpu-2", "nodePool=^A1,nodePool=$0")]
    [InlineData("Get-RunAiNode -Status notready", "gpu-2", "status==NotReady")]
    [InlineData("Get-RunAiNode -Cluster local gpu-1", "gpu-1", "name==gpu-1,clusterUuid==71f69d83-ba66-4822-adf5-55ce55efd210")]
    [InlineData("Get-RunAiNode -SortBy NodePool -First 2", "gpu-1,gpu-2", "")]
    [InlineData("Get-RunAiNode *-2 -SortBy Name -Descending", "gpu-2", "name=$-2")]
    [InlineData("'gpu-2', 'gpu-1' | Get-RunAiNode", "gpu-2,gpu-1", "name==gpu-2")]
    public void Nodes_WithConditions_AreChosenByTheControlPlane(string command, string names, string filter)
    {
        var since = crowd.Plane.LastRequest();

        // The names are compared as they are, and these two differ from those by a capital letter.
        var expected = command.Contains("A1?0", StringComparison.Ordinal) ? "" : names;
        Assert.Equal(expected, Names(command));
        var query = Uri.UnescapeDataString(crowd.Plane.Queries(Nodes, since)[0]);
        Assert.Equal(filter, query.Contains("filterBy=", StringComparison.Ordinal) ? query.Split("filterBy=")[1] : "");
    }

    [Fact]
    public void Node_WithGpus_SaysHowManyAreFree()
    {
        var node = _workspace.Run("Get-RunAiNode gpu-1").TheOutput;
        Assert.Equal(
            ("NVIDIA-A100-SXM4-40GB", 8, 8.0, "local"),
            (Value(node, "GpuType"), Value(node, "GpuCount"), Value(node, "GpuFree"), Value(node, "ClusterName")));

        var lost = _workspace.Run("Get-RunAiNode gpu-2").TheOutput;
        Assert.Equal(
            ("NotReady", 0.0, "k:NoSchedule"),
            (Value(lost, "Status"), Value(lost, "GpuFree"), string.Join(',', (IEnumerable<string>)Value(lost, "Taints")!)));
    }

    [Fact]
    public void Project_HasQuotaAndUse_InEachNodePool()
    {
        var project = _workspace.Run("Get-RunAiProject demo").TheOutput;

        Assert.Equal(
            (2.5, 0.0, 8.0, 16_000_000_000),
            (Value(project, "GpuQuota"), Value(project, "GpuAllocated"), Value(project, "CpuQuota"), Value(project, "MemoryQuota")));
        Assert.Equal(
            ("research", "local", "Ready", "demo"),
            (Value(project, "DepartmentName"), Value(project, "ClusterName"), Value(project, "Status"), Value(project, "StepOperator")));
        var pools = (IReadOnlyList<ProjectQuotaView>)[.. _workspace.Run("(Get-RunAiProject demo).NodePools").ThrowIfFailed().Output
            .Select(ProjectQuotaView.Of)];
        Assert.Equal([new("default", 2.0, null), new("a100", 0.5, 4.0)], pools);
    }

    [Theory]
    [InlineData("Get-RunAiProject", "demo,idle,vision-and-speech-research")]
    [InlineData("Get-RunAiProject -SortBy GpuQuota -Descending", "vision-and-speech-research,demo,idle")]
    [InlineData("Get-RunAiProject -NodePool a1*", "demo,vision-and-speech-research")]
    [InlineData("Get-RunAiProject -NodePool default -Cluster local -Status Ready", "demo")]
    [InlineData("Get-RunAiProject *-speech-*", "vision-and-speech-research")]
    [InlineData("Get-RunAiNodePool a100*", "a100,a100-mig")]
    [InlineData("Get-RunAiNodePool -Status Empty", "a100-mig")]
    [InlineData("Get-RunAiNodePool -Descending", "default,a100-mig,a100")]
    [InlineData("Get-RunAiNodePool -Cluster 71f69d83-ba66-4822-adf5-55ce55efd210 -First 1", "a100")]
    [InlineData("Get-RunAiCluster l*", "local")]
    [InlineData("Get-RunAiCluster -Status Disconnected", "")]
    public void Organisation_WithConditions_IsChosenAndSorted(string command, string names) => Assert.Equal(names, Names(command));

    [Fact]
    public void NodePoolAndCluster_TellGpusInAllAndFree()
    {
        var pool = _workspace.Run("Get-RunAiNodePool a100").TheOutput;
        Assert.Equal((16.0, 8.0, "local"), (Value(pool, "GpuCount"), Value(pool, "GpuFree"), Value(pool, "ClusterName")));

        var cluster = _workspace.Run("Get-RunAiCluster local").TheOutput;
        Assert.Equal(
            (16.0, 8.0, "Connected", "vanilla"),
            (Value(cluster, "GpuCount"), Value(cluster, "GpuFree"), Value(cluster, "Status"), Value(cluster, "Platform")));
    }

    [Fact]
    public void Nodes_WithoutAMetricsStore_AreListedWithoutFreeGpus()
    {
        crowd.Plane.AddFault(new { method = "GET", path = "/api/v1/nodes/telemetry", kind = "status", status = 503 });

        var result = _workspace.Run("Get-RunAiNode gpu-1").ThrowIfFailed();

        Assert.Null(Value(Assert.Single(result.Output), "GpuFree"));
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("Get-RunAiProject dmo", "RunAi.ProjectNotFound", "Did you mean 'demo'?")]
    [InlineData("Get-RunAiNodePool a101", "RunAi.NodePoolNotFound", "Did you mean 'a100'?")]
    [InlineData("Get-RunAiNode gpu-3", "RunAi.NodeNotFound", "Did you mean 'gpu-1'?")]
    [InlineData("Get-RunAiCluster loca", "RunAi.ClusterNotFound", "Did you mean 'local'?")]
    [InlineData("Get-RunAiNode -Cluster loca", "RunAi.ClusterNotFound", "There are: local.")]
    public void Organisation_OfWhatIsNotThere_IsAnErrorThatNamesTheNearest(string command, string id, string advice)
    {
        var error = _workspace.Run($"{command}; 'goes on'").TheError;

        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(advice, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_workspace.Run("Get-RunAiProject no-such-*").ThrowIfFailed().Output);
    }

    [Fact]
    public void Status_ThatIsMistyped_IsWarnedOf() =>
        Assert.Contains(
            "Did you mean Ready?", Assert.Single(_workspace.Run("Get-RunAiProject -Status Redy").Warnings), StringComparison.Ordinal);

    private string Names(string command) =>
        string.Join(',', _workspace.Run(command).ThrowIfFailed().Output.Select(output => (string)Value(output, "Name")!));

    private static object? Value(PSObject output, string name) => output.Properties[name].Value;

    private sealed record ProjectQuotaView(object? NodePool, object? Quota, object? Limit)
    {
        public static ProjectQuotaView Of(PSObject output) =>
            new(Value(output, "NodePool"), Value(output, "GpuQuota"), Value(output, "GpuLimit"));
    }
}
