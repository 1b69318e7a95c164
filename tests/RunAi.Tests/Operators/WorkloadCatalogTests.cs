using RunAi.Operators;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Operators;

public sealed class WorkloadCatalogTests : IDisposable
{
    private readonly ControlPlaneFixture _f = new();
    private readonly WorkloadCatalog _catalog;

    public WorkloadCatalogTests()
    {
        _f.Wire.On("GET /api/v1/org-unit/projects", 200, """{"projects":[{"id":"1","name":"demo","clusterId":"c"}]}""")
            .On("GET /api/v1/clusters", 200, "[]")
            .On(ControlPlaneFixture.List, 200, Rows("a", 500)).On(ControlPlaneFixture.List, 200, Rows("b", 500))
            .On(ControlPlaneFixture.List, 200, Rows("c", 1));
        _catalog = new WorkloadCatalog(new StepOperatorConnection(
            new StepOperator { Name = "gpu", RunAiBaseUrl = ControlPlaneFixture.BaseUrl, ProjectName = "demo" }, _f.Client));
    }

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task List_OfAll_ReadsEveryPage()
    {
        Assert.Equal(1001, (await _catalog.ListAsync("*", static _ => true, [], int.MaxValue, default)).Count);
        Assert.Equal(3, _f.Wire.SentTo(ControlPlaneFixture.List).Count());
    }

    [Fact]
    public async Task List_OfWhatTheFiltersCannotSay_EndsWhenThereAreEnough()
    {
        var found = await _catalog.ListAsync(
            "?-1*", static name => name.StartsWith("b-1", StringComparison.Ordinal), ["Running", "Pending"], 2, default);

        Assert.Equal(["b-1", "b-10"], found.Select(workload => workload.Name));
        Assert.Equal(2, _f.Wire.SentTo(ControlPlaneFixture.List).Count());
    }

    private static string Rows(string prefix, int count) =>
        $$"""{"workloads":[{{string.Join(",", Enumerable.Range(0, count).Select(i => $$"""{"id":"{{prefix}}-{{i}}","name":"{{prefix}}-{{i}}","phase":"Running"}"""))}}]}""";
}
