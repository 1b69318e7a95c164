using System.Collections;
using Newtonsoft.Json.Linq;
using RunAi.Operators;
using RunAi.Runs;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>
/// What settings name is looked up before anything is sent, once in a while, and never stands in the way of a submission.
/// </summary>
public sealed class SettingNamesTests : IDisposable
{
    private const string Pools = "GET /api/v1/node-pools";
    private const string Priorities = "GET /api/v1/workload-priorities";
    private const string Templates = "GET /api/v1/workload-templates";
    private const string Cluster = "71f69d83-ba66-4822-adf5-55ce55efd210";
    private const string Small = "550e8400-e29b-41d4-a716-446655440001";

    private readonly ControlPlaneFixture _f = new();
    private readonly StepSubmitter _submitter;

    public SettingNamesTests()
    {
        var stepOperator = new StepOperator { Name = "gpu", RunAiBaseUrl = ControlPlaneFixture.BaseUrl, ProjectName = "vision" };
        _submitter = new StepSubmitter(RunContext.WithoutRecord(new StepOperatorConnection(stepOperator, _f.Client), _f.Clock, _f.Log));
        _f.Wire.On("GET /api/v1/org-unit/projects", 200,
            $$"""{"projects":[{"id":"4","name":"vision","clusterId":"{{Cluster}}","parentId":"9"}]}""")
            .On("GET /api/v2/policy/trainings", 404, """{"code":404,"message":"none"}""")
            .On(ControlPlaneFixture.Create, 202, $$"""{"workloadId":"{{Cluster}}"}""");
    }

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task UnknownNames_AreToldTogetherWithTheNearest_AndNothingIsSent()
    {
        _f.Wire.On(Pools, 200, NodePools("a100", "t4")).On(
            Priorities, 200, """{"priorities":[{"id":"1","name":"low","value":1},{"id":"2","name":"high","value":2}]}""");

        var failure = await Assert.ThrowsAsync<StepSettingsException>(() => SubmitAsync(
            ("NodePools", new[] { "t4", "a10" }), ("PriorityClass", "hig")));

        Assert.Equal(ErrorIds.InvalidStepSettings, failure.ErrorId);
        Assert.Equal(
            [
                "NodePools: 'a10' is no node pool that can be seen. Did you mean a100?",
                "PriorityClass: 'hig' is no priority class that can be seen. Did you mean high?",
            ],
            failure.Violations.Select(violation => violation.ToString()));
        Assert.Empty(_f.Wire.SentTo(ControlPlaneFixture.Create));
    }

    [Fact]
    public async Task PoolsOfAnotherCluster_AreNotThisOnes()
    {
        _f.Wire.On(Pools, 200,
            """{"nodepools":[{"id":"1","name":"a100","clusterId":"other"},{"id":"2","name":"t4","clusterId":"71F69D83-BA66-4822-ADF5-55CE55EFD210"}]}""");

        await SubmitAsync(("NodePools", "t4"));
        var failure = await Assert.ThrowsAsync<StepSettingsException>(() => SubmitAsync(("NodePools", "a100")));

        Assert.Contains("Known are t4.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KnownNames_AreLookedUpOnceInAWhile()
    {
        _f.Wire.On(Pools, 200, NodePools("a100")).On(Priorities, 200, """{"priorities":[{"id":"1","name":"low","value":1}]}""")
            .On(Templates, 200, Listed(Template("small")));

        for (var i = 0; i < 3; i++)
        {
            await SubmitAsync(("NodePools", "a100"), ("PriorityClass", "low"), ("WorkloadTemplate", "small"));
        }

        Assert.Equal((1, 1, 1, 3), (Sent(Pools), Sent(Priorities), Sent(Templates), Sent(ControlPlaneFixture.Create)));
        _f.Clock.Advance(TimeSpan.FromMinutes(6));
        await SubmitAsync(("NodePools", "a100"), ("WorkloadTemplate", "small"));
        Assert.Equal((2, 1, 2), (Sent(Pools), Sent(Priorities), Sent(Templates)));
    }

    [Fact]
    public async Task PoolThatIsNewerThanWhatIsRemembered_IsFound()
    {
        _f.Wire.On(Pools, 200, NodePools("a100")).On(Pools, 200, NodePools("a100", "h100"));
        await SubmitAsync(("NodePools", "a100"));

        await SubmitAsync(("NodePools", "h100"));

        Assert.Equal((2, 2), (Sent(Pools), Sent(ControlPlaneFixture.Create)));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task ControlPlaneThatDoesNotTell_IsAskedOnceAndTheNamePassedOn(int status)
    {
        _f.Wire.On(Pools, status, $$"""{"code":{{status}},"message":"no"}""").On(
            Priorities, status, $$"""{"code":{{status}},"message":"no"}""");

        await SubmitAsync(("NodePools", "any"), ("PriorityClass", "any"));
        await SubmitAsync(("NodePools", "any"), ("PriorityClass", "any"));

        Assert.Equal((1, 1, 2), (Sent(Pools), Sent(Priorities), Sent(ControlPlaneFixture.Create)));
        Assert.All(_f.Wire.SentTo(ControlPlaneFixture.Create), request => Assert.Contains(
            "\"nodePools\":[\"any\"]", request.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Template_ByName_IsTheOneNearestToTheProject()
    {
        _f.Wire.On(Templates, 200, Listed(
            Template("small", "system", "1", "550e8400-e29b-41d4-a716-446655440005"),
            Template("small", "project", "5", "550e8400-e29b-41d4-a716-446655440004"),
            Template("small", "department", "9", Small),
            Template("small", "department", "8", "550e8400-e29b-41d4-a716-446655440003"),
            Template("smaller", "project", "4", "550e8400-e29b-41d4-a716-446655440002")));

        await SubmitAsync(("WorkloadTemplate", "small"));

        var body = _f.Wire.SentTo(ControlPlaneFixture.Create).Single().Body;
        Assert.Contains($"\"templateId\":\"{Small}\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("gpuDevicesRequest", body, StringComparison.Ordinal);
        Assert.DoesNotContain("backoffLimit", body, StringComparison.Ordinal);
        Assert.Contains(
            "filterBy=workloadType%3D%3DTraining,name%3D%3Dsmall", _f.Wire.SentTo(Templates).Single().Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Template_ById_IsNotLookedUp()
    {
        await SubmitAsync(("WorkloadTemplate", Small));
        await SubmitAsync(("WorkloadTemplateId", Small));

        Assert.Equal(0, Sent(Templates));
        Assert.All(_f.Wire.SentTo(ControlPlaneFixture.Create), request => Assert.Contains(Small, request.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Template_ThatIsNot_IsAnErrorWithTheNearestName()
    {
        _f.Wire.On(Templates, 200, Listed()).On(Templates, 200, Listed(Template("small"), Template("large", id: Cluster)));

        var failure = await Assert.ThrowsAsync<RunAiException>(() => SubmitAsync(("WorkloadTemplate", "smal")));

        Assert.Equal(ErrorIds.WorkloadTemplateNotFound, failure.ErrorId);
        Assert.Contains("Did you mean 'small'? There are: large, small.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, Sent(ControlPlaneFixture.Create));
    }

    [Fact]
    public async Task Template_ThatWasReplaced_IsLookedUpAnewWhenItsIdIsRefused()
    {
        const string replaced = "550e8400-e29b-41d4-a716-446655440002";
        using var f = new ControlPlaneFixture();
        var submitter = new StepSubmitter(RunContext.WithoutRecord(
            new StepOperatorConnection(
                new StepOperator { Name = "gpu", RunAiBaseUrl = ControlPlaneFixture.BaseUrl, ProjectName = "vision" }, f.Client),
            f.Clock, f.Log));
        f.Wire.On("GET /api/v1/org-unit/projects", 200, $$"""{"projects":[{"id":"4","name":"vision","clusterId":"{{Cluster}}"}]}""")
            .On("GET /api/v2/policy/trainings", 404, """{"code":404,"message":"none"}""")
            .On(Templates, 200, Listed(Template("small"))).On(Templates, 200, Listed(Template("small", id: replaced)))
            .On(ControlPlaneFixture.Create, 400,
                """{"code":400,"message":"no","complianceIssues":[{"field":"templateId","details":"there is no such template"}]}""")
            .On(ControlPlaneFixture.Create, 202, $$"""{"workloadId":"{{Cluster}}"}""");

        var run = await submitter.SubmitAsync(Step(("WorkloadTemplate", "small")), RunId.New(f.Clock), _ => Task.FromResult(true), default);

        Assert.Equal(StepRunState.Submitted, run!.State);
        Assert.Equal(
            [Small, replaced],
            f.Wire.SentTo(ControlPlaneFixture.Create).Select(request => (string)JObject.Parse(request.Body)["templateId"]!));
    }

    private int Sent(string route) => _f.Wire.SentTo(route).Count();

    private Task<StepRun?> SubmitAsync(params (string Key, object Value)[] settings) =>
        _submitter.SubmitAsync(Step(settings), RunId.New(_f.Clock), _ => Task.FromResult(true), default);

    private static Step Step(params (string Key, object Value)[] settings)
    {
        var values = new Hashtable();
        foreach ((var key, var value) in settings)
        {
            values[key] = value;
        }

        return new Step { Name = "train", Image = "busybox", Settings = StepSettings.FromDictionary(values) };
    }

    private static string NodePools(params string[] names) =>
        "{\"nodepools\":["
        + string.Join(",", names.Select(name => new JObject { ["id"] = name, ["name"] = name, ["clusterId"] = Cluster }.ToString())) + "]}";

    private static string Listed(params string[] templates) =>
        "{\"entries\":[" + string.Join(",", templates) + "],\"pagination\":{\"offset\":0,\"limit\":500}}";

    private static string Template(string name, string scope = "tenant", string scopeId = "1", string id = Small) => new JObject
    {
        ["meta"] = new JObject
        {
            ["id"] = id,
            ["name"] = name,
            ["scopeType"] = scope,
            ["scopeId"] = scopeId,
            ["workloadType"] = "Training",
            ["createdBy"] = "me",
            ["createdAt"] = "2026-01-01T00:00:00Z",
        },
    }.ToString();
}
