using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Tests;

public class DistributedPolicyTests
{
    private const string Path = "/api/v2/policy/distributed";
    private const string OfDemo = Path + "?scope=project&projectId=1";

    [Fact]
    public async Task Put_GetAndDelete_KeepPoliciesOfTheirOwnKind()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.GetAsync(OfDemo)).StatusCode);
        await PutAsync(
            emulator, """{"defaults":{"worker":{"numWorkers":3}},"rules":{"master":{"compute":{"cpuCoreRequest":{"max":2}}}}}""");

        var policy = await emulator.GetAsync(OfDemo);

        Assert.Equal(3, (int)policy["effective"]!["defaults"]!["worker"]!["numWorkers"]!);
        var rule = policy["effective"]!["rules"]!["master"]!["compute"]!["cpuCoreRequest"]!;
        Assert.Equal((2, "project"), ((int)rule["max"]!, (string)rule["sourceOfRule"]!["scope"]!));
        Assert.Equal(
            HttpStatusCode.NotFound, (await emulator.Client.GetAsync("/api/v2/policy/trainings?scope=project&projectId=1")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await emulator.Client.DeleteAsync(OfDemo)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.GetAsync(OfDemo)).StatusCode);
    }

    [Theory]
    [InlineData("""{"rules":{"backoffLimit":{"max":1}}}""")]
    [InlineData("""{"defaults":{"master":{"numWorkers":2}}}""")]
    public async Task Put_OfAPolicyOfTrainings_IsABadRequest(string policy)
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(emulator, policy)).StatusCode);
    }

    [Fact]
    public async Task Defaults_FillEachReplicasOwnSpec()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await PutAsync(
            emulator, """{"defaults":{"worker":{"nodeType":"t4","cleanPodPolicy":"All"},"master":{"compute":{"cpuCoreRequest":2}}}}""");
        var own = await emulator.SubmitDistributedAsync("own", master: """{"args":"m"}""");
        var same = await emulator.SubmitDistributedAsync("same");
        var none = await emulator.SubmitDistributedAsync("none", sameMaster: false);

        var (first, second, third) = (
            await DistributedAsync(emulator, own), await DistributedAsync(emulator, same), await DistributedAsync(emulator, none));

        Assert.Equal(
            ("t4", "All", null),
            ((string?)first["spec"]!["nodeType"], (string?)first["spec"]!["cleanPodPolicy"], (string?)first["masterSpec"]!["nodeType"]));
        Assert.Equal(
            (2, 2),
            ((double)first["masterSpec"]!["compute"]!["cpuCoreRequest"]!, (double)second["masterSpec"]!["compute"]!["cpuCoreRequest"]!));
        Assert.Null(third["masterSpec"]);
    }

    [Fact]
    public async Task Defaults_ThatTouchNoMaster_LeaveItLikeTheWorkers()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await PutAsync(emulator, """{"rules":{"worker":{"numWorkers":{"max":4}}}}""");

        var same = await DistributedAsync(emulator, await emulator.SubmitDistributedAsync("same"));

        Assert.True((bool)same["masterSpecSameAsWorker"]!);
        Assert.Null(same["masterSpec"]);
    }

    [Theory]
    [InlineData("""{"rules":{"worker":{"numWorkers":{"max":1}}}}""", null, true, "numWorkers", "max")]
    [InlineData("""{"rules":{"worker":{"image":{"canEdit":false}}}}""", null, true, "image", "canEdit")]
    [InlineData(
        """{"rules":{"master":{"compute":{"cpuCoreRequest":{"max":1}}}}}""", """{"compute":{"cpuCoreRequest":2}}""", false,
        "masterSpec.compute.cpuCoreRequest", "max")]
    [InlineData("""{"rules":{"master":{"nodeType":{"required":true}}}}""", null, true, "masterSpec.nodeType", "required")]
    public async Task Rules_ThatAreBroken_NameTheFieldOfTheRequest(
        string policy, string? master, bool sameMaster, string field, string rule)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await PutAsync(emulator, policy);

        var answer = await emulator.Client.PostAsJsonAsync(
            "/api/v1/workloads/distributed", TestEmulator.Distributed("one", master: master, sameMaster: sameMaster));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var issue = Assert.Single((JsonArray)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["complianceIssues"]!)!;
        Assert.Equal((field, rule), ((string?)issue["field"], (string?)issue["rule"]));
        await emulator.SubmitAsync("a-training-is-not-governed-by-it");
    }

    [Fact]
    public async Task Rules_OfAMaster_MeanNothingWithoutOne()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await PutAsync(emulator, """{"rules":{"master":{"nodeType":{"required":true}}}}""");

        await emulator.SubmitDistributedAsync("none", sameMaster: false);
    }

    [Fact]
    public async Task State_OfARestartedEmulator_HasThePolicies()
    {
        var folder = Directory.CreateTempSubdirectory("runai-state-");
        var state = System.IO.Path.Combine(folder.FullName, "state.json");
        await using (var first = await TestEmulator.SimulateAsync(state: state))
        {
            await PutAsync(first, """{"defaults":{"worker":{"numWorkers":3}}}""");
        }

        await using (var second = await TestEmulator.SimulateAsync(state: state))
        {
            Assert.Equal(3, (int)(await second.GetAsync(OfDemo))["effective"]!["defaults"]!["worker"]!["numWorkers"]!);
        }

        folder.Delete(recursive: true);
    }

    private static Task<JsonNode> DistributedAsync(TestEmulator emulator, string id) =>
        emulator.GetAsync($"/api/v1/workloads/distributed/{id}");

    private static async Task PutAsync(TestEmulator emulator, string policy)
    {
        var answer = await SendAsync(emulator, policy);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> SendAsync(TestEmulator emulator, string policy) =>
        emulator.Client.PutAsJsonAsync(Path, new JsonObject
        {
            ["meta"] = new JsonObject { ["scope"] = "project", ["projectId"] = 1, ["name"] = "p" },
            ["policy"] = JsonNode.Parse(policy),
        });
}
