using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Tests;

public class SubmissionTests
{
    [Theory]
    [InlineData("""{"image":""}""", "image")]
    [InlineData("""{"imagePullPolicy":"Sometimes"}""", "imagePullPolicy")]
    [InlineData("""{"backofLimit":0}""", "backofLimit")]
    [InlineData("""{"backoffLimit":"0"}""", "backoffLimit")]
    [InlineData("""{"backoffLimit":1.5}""", "backoffLimit")]
    [InlineData("""{"command":["sh"]}""", "command")]
    [InlineData("""{"compute":{"gpuDevicesRequest":-1}}""", "compute.gpuDevicesRequest")]
    [InlineData("""{"compute":{"cpuMemoryRequest":"4 GB"}}""", "compute.cpuMemoryRequest")]
    [InlineData("""{"compute":{"cpuMemoryRequest":"1.2.3"}}""", "compute.cpuMemoryRequest")]
    [InlineData("""{"compute":{"gpuDevicesRequest":1,"gpuRequestType":"portion","gpuPortionRequest":1.5}}""", "compute.gpuPortionRequest")]
    [InlineData("""{"compute":{"gpuDevicesRequest":1,"gpuRequestType":"portion"}}""", "compute.gpuPortionRequest")]
    [InlineData("""{"compute":{"gpuDevicesRequest":1,"gpuRequestType":"memory"}}""", "compute.gpuMemoryRequest")]
    [InlineData("""{"compute":{"gpuDevicesRequest":2,"gpuRequestType":"memory","gpuMemoryRequest":"1G"}}""", "compute.gpuRequestType")]
    [InlineData("""{"compute":{"cpuCoreRequest":2,"cpuCoreLimit":1}}""", "compute.cpuCoreLimit")]
    [InlineData("""{"compute":{"cpuMemoryRequest":"1Gi","cpuMemoryLimit":"1G"}}""", "compute.cpuMemoryLimit")]
    [InlineData("""{"environmentVariables":[{"name":"A"}]}""", "environmentVariables")]
    [InlineData("""{"environmentVariables":[{"name":"A","value":"1","secret":{"name":"s","key":"k"}}]}""", "environmentVariables")]
    [InlineData("""{"ports":[{"container":70000,"serviceType":"NodePort"}]}""", "ports[0].container")]
    [InlineData("""{"storage":{"pvc":[{"claimName":"c"}]}}""", "storage.pvc.path")]
    [InlineData("""{"nodePools":["nowhere"]}""", "nodePools")]
    [InlineData("""{"priorityClass":"urgent"}""", "priorityClass")]
    [InlineData("""{"tty":true}""", "tty")]
    public async Task Create_WithABadSpec_NamesTheField(string spec, string field)
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        var issues = await RejectedAsync(emulator, TestEmulator.Training("one", spec));

        Assert.Contains(field, issues.Select(issue => (string?)issue!["field"]));
        Assert.Empty((JsonArray)(await emulator.GetAsync("/api/v1/workloads"))["workloads"]!);
    }

    [Fact]
    public async Task Create_WithoutRequiredFields_NamesEachOfThem()
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        var issues = await RejectedAsync(emulator, []);

        Assert.Equal(["clusterId", "name", "projectId"], issues.Select(issue => (string?)issue!["field"]).Order());
    }

    [Fact]
    public async Task Create_WithoutAnImage_IsRejected()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var body = TestEmulator.Training("one");
        ((JsonObject)body["spec"]!).Remove("image");

        var issues = await RejectedAsync(emulator, body);

        Assert.Equal("image", (string?)Assert.Single(issues)!["field"]);
    }

    [Theory]
    [InlineData("projectId", "99")]
    [InlineData("projectId", 1)]
    [InlineData("clusterId", "00000000-0000-0000-0000-000000000001")]
    [InlineData("clusterId", "local")]
    [InlineData("name", "Not A Label")]
    [InlineData("templateId", "00000000-0000-0000-0000-000000000001")]
    public async Task Create_WithABadEnvelope_NamesTheField(string field, object value)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var body = TestEmulator.Training("one");
        body[field] = JsonValue.Create(value);

        var issues = await RejectedAsync(emulator, body);

        Assert.Equal(field, (string?)Assert.Single(issues)!["field"]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{\"name\":")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}")]
    public async Task Create_WithABodyThatIsNoObject_IsRejected(string body)
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        var answer = await emulator.Client.PostAsync("/api/v1/workloads/trainings", new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Create_WithTheNameAsPrefix_AddsASuffix()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var body = TestEmulator.Training("one");
        body["useGivenNameAsPrefix"] = true;

        var answer = await emulator.Client.PostAsJsonAsync("/api/v1/workloads/trainings", body);

        var training = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal("one", (string?)training["requestedName"]);
        Assert.Matches("^one-[a-z0-9]{5}$", (string?)training["name"]);
    }

    [Fact]
    public async Task Create_WithEveryKindOfField_IsAcceptedAndEchoed()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        const string Spec = """
            {"image":"python:3.12","command":"python","args":"-c 'print(1)'","workingDir":"/w","backoffLimit":0,"category":"Train",
             "parallelism":1,"completions":1,"preemptibility":"preemptible","priorityClass":"high","nodeType":"t4","nodePools":["default"],
             "restartPolicy":"Never","terminationGracePeriodSeconds":5,"terminateAfterPreemption":false,"imagePullPolicy":"Always",
             "imagePullSecrets":[{"name":"pull"}],"labels":[{"name":"a","value":"b"}],"annotations":[{"name":"c","value":"d"}],
             "environmentVariables":[{"name":"A","value":""},{"name":"S","secret":{"name":"s","key":"k"}}],
             "compute":{"gpuDevicesRequest":1,"gpuRequestType":"memory","gpuMemoryRequest":"4Gi","gpuMemoryLimit":"8Gi","cpuCoreRequest":0.5,
                "cpuCoreLimit":2,"cpuMemoryRequest":"1G","cpuMemoryLimit":"2G","largeShmRequest":true,"extendedResources":[{"resource":"a/b","quantity":"1"}]},
             "security":{"uidGidSource":"custom","runAsUid":1000,"runAsGid":1000,"supplementalGroups":"2,3","capabilities":["CHOWN"],"seccompProfileType":"RuntimeDefault"},
             "tolerations":[{"operator":"Exists","key":"k","effect":"NoExecute","seconds":10}],
             "nodeAffinityRequired":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"zone","operator":"DoesNotExist"}]}]},
             "podAffinity":{"type":"Preferred","key":"zone"},
             "ports":[{"container":80,"serviceType":"ClusterIP"}],"exposedUrls":[{"container":80,"authorizationType":"authenticatedUsers"}],
             "relatedUrls":[{"url":"https://x","type":"wandb"}],
             "probes":{"readiness":{"initialDelaySeconds":1,"handler":{"httpGet":{"path":"/","port":80,"scheme":"HTTP"}}}},
             "storage":{"pvc":[{"path":"/p","claimName":"c","existingPvc":true}],"nfs":[{"server":"s","path":"/e","mountPath":"/n"}],
                "hostPath":[{"path":"/h","mountPath":"/hh"}],"s3":[{"bucket":"b","path":"/s"}],"git":[{"repository":"r","path":"/g"}],
                "configMapVolume":[{"configMap":"cm","mountPath":"/cm","defaultMode":"0644"}],"secretVolume":[{"secret":"se","mountPath":"/se"}],
                "emptyDirVolume":[{"path":"/e","sizeLimit":"1G"}],"dataVolume":[{"id":"123e4567-e89b-12d3-a456-426614174000","mountPath":"/d"}]}}
            """;

        var id = await emulator.SubmitAsync("one", Spec);

        var training = await emulator.GetAsync($"/api/v1/workloads/trainings/{id}");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Spec), training["spec"]));
        var workload = await emulator.WorkloadAsync(id);
        Assert.Equal((100, true), ((int)workload["priority"]!, (bool)workload["preemptible"]!));
        Assert.Equal("4Gi", (string?)workload["workloadRequestedResources"]!["gpuMemory"]!["request"]);
        Assert.Equal("", (string?)workload["environmentVariables"]!["A"]);
        Assert.Null(workload["environmentVariables"]!["S"]);
    }

    [Fact]
    public async Task Create_WithATakenName_IsAcceptedUnlessTheSeedRefusesIt()
    {
        await using var lenient = await TestEmulator.SimulateAsync();
        Assert.NotEqual(await lenient.SubmitAsync("one"), await lenient.SubmitAsync("one"));

        await using var strict = await TestEmulator.SimulateAsync(SmallWorld.Create() with { RejectDuplicateNames = true });
        var id = await strict.SubmitAsync("one");
        await strict.SubmitAsync("one", project: "2");
        var second = await strict.Client.PostAsJsonAsync("/api/v1/workloads/trainings", TestEmulator.Training("one"));
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        await strict.ActAsync(id, "delete");
        await strict.AdvanceAsync(1);
        await strict.SubmitAsync("one");
    }

    private static async Task<JsonArray> RejectedAsync(TestEmulator emulator, JsonObject body)
    {
        var answer = await emulator.Client.PostAsJsonAsync("/api/v1/workloads/trainings", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return (JsonArray)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["complianceIssues"]!;
    }
}
