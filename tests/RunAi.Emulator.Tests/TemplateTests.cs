using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RunAi.Emulator.CommandLine;

namespace RunAi.Emulator.Tests;

/// <summary>Workload templates, every answer held to the document on the way.</summary>
public class TemplateTests
{
    private const string Trainings = "/api/v1/workload-templates/trainings";

    [Fact]
    public async Task Template_FromCreationToDeletion_IsListedAndFound()
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        var id = await AddAsync(emulator, "small", """{"image":"busybox","compute":{"cpuCoreRequest":2}}""");
        await AddAsync(emulator, "no-image", "{}", "project", "1");

        var jsonNode = await emulator.GetAsync($"{Trainings}/{id}");
        Assert.Equal(
            ("small", "Training", "tenant"),
            ((string)jsonNode["meta"]!["name"]!, (string)jsonNode["meta"]!["workloadType"]!, (string)jsonNode["meta"]!["scopeType"]!));
        Assert.True((bool)jsonNode["runnable"]!["isRunnable"]!);
        Assert.Equal("small", (string)(await emulator.GetAsync($"/api/v1/workload-templates/{id}"))["meta"]!["name"]!);
        Assert.Equal(2, (int)(await emulator.GetAsync("/api/v1/workload-templates/count"))["count"]!);
        var page = await emulator.GetAsync("/api/v1/workload-templates?sortBy=name&limit=1");
        Assert.Equal("no-image", (string)page["entries"]![0]!["meta"]!["name"]!);
        Assert.Equal(1, (int)page["pagination"]!["nextOffset"]!);
        Assert.Equal(1, (int)(await emulator.GetAsync(Trainings + "?filterBy=projectId==1"))["entries"]![0]!["meta"]!["projectId"]!);
        Assert.Single(
            (JsonArray)(await emulator.GetAsync("/api/v1/workload-templates?filterBy=name==small,workloadType==Training"))["entries"]!);

        Assert.Equal(HttpStatusCode.Conflict, await AvailabilityAsync(emulator, "small"));
        Assert.Equal(
            HttpStatusCode.NoContent, (await emulator.Client.DeleteAsync(new Uri($"{Trainings}/{id}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, await AvailabilityAsync(emulator, "small"));
        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.GetAsync(new Uri($"{Trainings}/{id}", UriKind.Relative))).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound, (await emulator.Client.DeleteAsync(new Uri($"{Trainings}/{id}", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("""{"meta":{"name":"a","scopeType":"tenants"}}""")]
    [InlineData("""{"meta":{"name":"a","scopeType":"project","scopeId":"99"}}""")]
    [InlineData("""{"meta":{"name":"a","scopeType":"tenant"},"spec":{"imagePullSecrets":[{"name":"regcred"}]}}""")]
    [InlineData("[]")]
    public async Task Template_ThatBreaksTheDocument_IsRefused(string body)
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        var answer = await emulator.Client.PostAsync(
            new Uri(Trainings, UriKind.Relative), new StringContent(body, null, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Submission_WithATemplate_HasTheSayOverIt()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await AddAsync(emulator, "base", """
            {"image":"busybox","workingDir":"/t","compute":{"cpuCoreRequest":2,"cpuMemoryRequest":"1G"},"labels":[{"name":"a","value":"t"},{"name":"b","value":"t"}],
             "storage":{"pvc":[{"name":"data","path":"/data","claimName":"t","existingPvc":true}]},"nodeAffinityRequired":{"nodeSelectorTerms":[]}}
            """);

        var spec = await SpecAsync(
            emulator, id,
            """{"image":"alpine","compute":{"cpuCoreRequest":1},"labels":[{"name":"a","value":"s"}],"storage":{"nfs":[{"server":"n","path":"/x","mountPath":"/n"}]}}""");

        Assert.Equal(("alpine", "/t", 1, "1G"), (
            (string)spec["image"]!, (string)spec["workingDir"]!, (int)spec["compute"]!["cpuCoreRequest"]!,
            (string)spec["compute"]!["cpuMemoryRequest"]!));
        Assert.Equal(["a=s", "b=t"], ((JsonArray)spec["labels"]!).Select(label => $"{label!["name"]}={label["value"]}"));
        Assert.Equal("t", (string)spec["storage"]!["pvc"]![0]!["claimName"]!);
        Assert.Equal("n", (string)spec["storage"]!["nfs"]![0]!["server"]!);
    }

    [Fact]
    public async Task Submission_WithoutAnImage_TakesTheTemplates()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await AddAsync(emulator, "base", """{"image":"busybox"}""");
        var body = TestEmulator.Training("t");
        ((JsonObject)body["spec"]!).Remove("image");
        body["templateId"] = id;

        Assert.Equal(HttpStatusCode.Accepted, (await emulator.Client.PostAsJsonAsync("/api/v1/workloads/trainings", body)).StatusCode);
        body["templateId"] = Guid.NewGuid().ToString();
        Assert.Contains("templateId", await RefusalAsync(emulator, body), StringComparison.Ordinal);
        body["templateId"] = await AddAsync(emulator, "of-another", """{"image":"busybox"}""", "project", "2");
        Assert.Contains("templateId", await RefusalAsync(emulator, body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Templates_OfASeedAndAStateFile_AreThereAfterARestart()
    {
        var folder = Directory.CreateTempSubdirectory("runai-emulator-test-").FullName;
        try
        {
            var seed = SmallWorld.Create() with
            {
                Templates = [(JsonObject)JsonNode.Parse("""{"meta":{"name":"seeded","scopeType":"system"},"spec":{"image":"busybox"}}""")!],
            };
            var options = new EmulatorOptions { Executor = ExecutorKind.Simulate, StatePath = Path.Combine(folder, "state.json") };
            string added;
            await using (var first = await TestEmulator.StartAsync(seed, options, TimeProvider.System))
            {
                added = await AddAsync(first, "added", "{}");
            }

            await using var second = await TestEmulator.StartAsync(seed, options, TimeProvider.System);
            var names = ((JsonArray)(await second.GetAsync(Trainings))["entries"]!).Select(entry => (string)entry!["meta"]!["name"]!);
            Assert.Equal(["seeded", "added"], names);
            Assert.Equal("added", (string)(await second.GetAsync($"{Trainings}/{added}"))["meta"]!["name"]!);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> AddAsync(
        TestEmulator emulator, string name, string spec, string scope = "tenant", string? scopeId = null)
    {
        var body = new JsonObject
        {
            ["meta"] = new JsonObject { ["name"] = name, ["scopeType"] = scope, ["scopeId"] = scopeId },
            ["spec"] = JsonNode.Parse(spec),
        };
        var answer = await emulator.Client.PostAsJsonAsync(Trainings, body);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["meta"]!["id"]!;
    }

    private static async Task<JsonNode> SpecAsync(TestEmulator emulator, string template, string spec)
    {
        var body = TestEmulator.Training("t", spec);
        body["templateId"] = template;
        var answer = await emulator.Client.PostAsJsonAsync("/api/v1/workloads/trainings", body);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["spec"]!;
    }

    private static async Task<string> RefusalAsync(TestEmulator emulator, JsonObject body)
    {
        var answer = await emulator.Client.PostAsJsonAsync("/api/v1/workloads/trainings", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpStatusCode> AvailabilityAsync(TestEmulator emulator, string name) =>
        (await emulator.Client.GetAsync(
            new Uri($"/api/v1/workload-templates/name-availability?templateName={name}&scopeType=tenant", UriKind.Relative))).StatusCode;
}
