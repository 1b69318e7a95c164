using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Tests;

public class PolicyTests
{
    private const string OfDemo = "/api/v2/policy/trainings?scope=project&projectId=1";

    [Fact]
    public async Task Get_WhereThereIsNoPolicy_IsNotFound()
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.GetAsync(OfDemo)).StatusCode);
    }

    [Fact]
    public async Task Put_ThenGet_GivesThePolicyAndWhatIsInForce()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await PutAsync(emulator, """{"defaults":{"backoffLimit":1},"rules":{"compute":{"gpuDevicesRequest":{"max":2}}}}""", tenant: true);
        await PutAsync(emulator, """{"defaults":{"backoffLimit":3}}""");

        var policy = await emulator.GetAsync(OfDemo);

        Assert.Equal(1, (int)policy["meta"]!["projectId"]!);
        Assert.Equal(3, (int)policy["effective"]!["defaults"]!["backoffLimit"]!);
        var rule = policy["effective"]!["rules"]!["compute"]!["gpuDevicesRequest"]!;
        Assert.Equal((2, "tenant"), ((int)rule["max"]!, (string)rule["sourceOfRule"]!["scope"]!));
        var other = await emulator.GetAsync("/api/v2/policy/trainings?scope=project&projectId=2");
        Assert.Null(other["policy"]);
        Assert.Equal(1, (int)other["effective"]!["defaults"]!["backoffLimit"]!);
    }

    [Fact]
    public async Task Delete_OfAPolicy_TakesItOutOfForce()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await PutAsync(emulator, """{"rules":{"image":{"canEdit":false}}}""");

        Assert.Equal(HttpStatusCode.NoContent, (await emulator.Client.DeleteAsync(OfDemo)).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.GetAsync(OfDemo)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.DeleteAsync(OfDemo)).StatusCode);
        await emulator.SubmitAsync("one");
    }

    [Theory]
    [InlineData("""{"meta":{"scope":"project","projectId":1,"name":"p"},"policy":{"rules":{"imagee":{"canEdit":false}}}}""")]
    [InlineData("""{"meta":{"scope":"project","projectId":"1","name":"p"},"policy":{}}""")]
    [InlineData("""{"meta":{"scope":"project","projectId":9,"name":"p"},"policy":{}}""")]
    [InlineData("""{"policy":{}}""")]
    [InlineData("[]")]
    public async Task Put_OfAMalformedPolicy_IsABadRequest(string body)
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        var answer = await emulator.Client.PutAsync("/api/v2/policy/trainings", new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Put_ToValidateOnly_ChangesNothing()
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        await PutAsync(emulator, """{"defaults":{"backoffLimit":3}}""", query: "?validateOnly=true");

        Assert.Equal(HttpStatusCode.NotFound, (await emulator.Client.GetAsync(OfDemo)).StatusCode);
    }

    [Fact]
    public async Task Defaults_OfAPolicy_FillOnlyWhatWasLeftOut()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await PutAsync(emulator, """
            {"defaults":{"image":"default/image","backoffLimit":2,"compute":{"cpuCoreRequest":1,"cpuMemoryRequest":"1G"},
              "environmentVariables":{"instances":[{"name":"A","value":"policy"},{"name":"B","value":"policy"},{"name":"C","value":"policy"}]},
              "tolerations":{"attributes":{"effect":"NoSchedule"}}},
             "rules":{"compute":{"cpuCoreLimit":{"defaultFrom":{"field":"cpuCoreRequest","factor":2}},"cpuMemoryLimit":{"defaultFrom":{"field":"cpuMemoryRequest","factor":3}}}}}
            """);

        var id = await emulator.SubmitAsync("one", """
            {"image":"mine","compute":{"cpuCoreRequest":0.5},"tolerations":[{"operator":"Exists","key":"k"}],
             "environmentVariables":[{"name":"A","value":"mine"},{"name":"C","exclude":true,"value":"x"}]}
            """);

        var spec = (await emulator.GetAsync($"/api/v1/workloads/trainings/{id}"))["spec"]!;
        Assert.Equal(("mine", 2), ((string)spec["image"]!, (int)spec["backoffLimit"]!));
        Assert.Equal((0.5, 1.0, "1G", "3000000000"), (
            (double)spec["compute"]!["cpuCoreRequest"]!, (double)spec["compute"]!["cpuCoreLimit"]!,
            (string)spec["compute"]!["cpuMemoryRequest"]!, (string)spec["compute"]!["cpuMemoryLimit"]!));
        Assert.Equal(["A=mine", "B=policy"], ((JsonArray)spec["environmentVariables"]!).Select(v => $"{v!["name"]}={v["value"]}"));
        Assert.Equal("NoSchedule", (string?)spec["tolerations"]![0]!["effect"]);
    }

    [Fact]
    public async Task Defaults_OfItems_AreTakenFromTheSameItemAndFromFieldsThatAreTakenThemselves()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await PutAsync(emulator, """
            {"defaults":{"ports":{"attributes":{"serviceType":"NodePort"},"instances":[{"name":"own","container":90}]}},
             "rules":{"ports":{"attributes":{"external":{"defaultFrom":{"field":"container","factor":2}}}},
              "completions":{"defaultFrom":{"field":"parallelism","factor":2}},"parallelism":{"defaultFrom":{"field":"backoffLimit"}}}}
            """);

        var id = await emulator.SubmitAsync("one", """{"backoffLimit":4,"ports":[{"container":80}]}""");

        var spec = (await emulator.GetAsync($"/api/v1/workloads/trainings/{id}"))["spec"]!;
        Assert.Equal((4, 8), ((int)spec["parallelism"]!, (int)spec["completions"]!));
        Assert.Equal(
            ["80 NodePort 160", "90 NodePort 180"],
            ((JsonArray)spec["ports"]!).Select(port => $"{port!["container"]} {port["serviceType"]} {port["external"]}"));
    }

    [Fact]
    public async Task ImposedAssets_OfAllUnits_AreInForce()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await PutAsync(emulator, """{"imposedAssets":["00000001-0000-0000-0000-000000000000"]}""", tenant: true);
        await PutAsync(emulator, """{"imposedAssets":["00000002-0000-0000-0000-000000000000"]}""");

        var policy = await emulator.GetAsync(OfDemo);

        Assert.Equal(
            ["00000001-0000-0000-0000-000000000000", "00000002-0000-0000-0000-000000000000"],
            ((JsonArray)policy["effective"]!["imposedAssets"]!).Select(id => (string)id!));
    }

    [Theory]
    [InlineData("""{"backoffLimit":{"canEdit":false}}""", """{"backoffLimit":0}""", "backoffLimit", "canEdit")]
    [InlineData("""{"category":{"required":true}}""", "{}", "category", "required")]
    [InlineData("""{"backoffLimit":{"min":3}}""", """{"backoffLimit":2}""", "backoffLimit", "min")]
    [InlineData(
        """{"compute":{"gpuDevicesRequest":{"max":1}}}""", """{"compute":{"gpuDevicesRequest":2}}""", "compute.gpuDevicesRequest", "max")]
    [InlineData(
        """{"compute":{"cpuMemoryRequest":{"max":"1G"}}}""", """{"compute":{"cpuMemoryRequest":"1Gi"}}""",
        "compute.cpuMemoryRequest", "max")]
    [InlineData(
        """{"compute":{"cpuCoreRequest":{"min":2,"step":2}}}""", """{"compute":{"cpuCoreRequest":5}}""", "compute.cpuCoreRequest", "step")]
    [InlineData("""{"image":{"options":[{"value":"a"},{"value":"b"}]}}""", """{"image":"c"}""", "image", "options")]
    [InlineData("""{"nodePools":{"options":[{"value":"default"}]}}""", """{"nodePools":["default","a100"]}""", "nodePools", "options")]
    [InlineData(
        """{"environmentVariables":{"instances":{"canAdd":false}}}""", """{"environmentVariables":[{"name":"A","value":"1"}]}""",
        "environmentVariables", "canAdd")]
    [InlineData(
        """{"environmentVariables":{"instances":{"locked":["A"]}}}""", """{"environmentVariables":[{"name":"A","value":"1"}]}""",
        "environmentVariables", "locked")]
    [InlineData(
        """{"storage":{"pvc":{"attributes":{"readOnly":{"required":true}}}}}""", """{"storage":{"pvc":[{"path":"/p"}]}}""",
        "storage.pvc.readOnly", "required")]
    [InlineData("""{"backoffLimit":{"min":2,"max":10,"step":2}}""", """{"backoffLimit":5}""", "backoffLimit", "step")]
    [InlineData(
        """{"compute":{"cpuCoreRequest":{"min":2,"max":3,"step":0.25}}}""", """{"compute":{"cpuCoreRequest":2.3}}""",
        "compute.cpuCoreRequest", "step")]
    [InlineData("""{"nodePools":{"required":true}}""", """{"nodePools":[]}""", "nodePools", "required")]
    [InlineData(
        """{"environmentVariables":{"instances":{"locked":["HOME","USER"]}}}""",
        """{"environmentVariables":[{"name":"HOME","value":"1"}]}""", "environmentVariables", "locked")]
    [InlineData(
        """{"storage":{"pvc":{"attributes":{"claimInfo":{"size":{"canEdit":false}}}}}}""",
        """{"storage":{"pvc":[{"path":"/p","claimInfo":{"size":"1G"}}]}}""", "storage.pvc.claimInfo.size", "canEdit")]
    public async Task Rules_ThatASubmissionBreaks_AreNamed(string rules, string spec, string field, string rule)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await PutAsync(emulator, $$"""{"rules":{{rules}}}""");

        var answer = await emulator.Client.PostAsJsonAsync("/api/v1/workloads/trainings", TestEmulator.Training("one", spec));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var issue = Assert.Single((JsonArray)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["complianceIssues"]!)!;
        Assert.Equal((field, rule), ((string)issue["field"]!, (string)issue["rule"]!));
        await emulator.SubmitAsync("other", spec, project: "2");
    }

    [Theory]
    [InlineData("""{"backoffLimit":{"min":3}}""", """{"backoffLimit":3}""")]
    [InlineData("""{"backoffLimit":{"min":3}}""", "{}")]
    [InlineData("""{"compute":{"cpuCoreRequest":{"min":2,"step":2,"max":6}}}""", """{"compute":{"cpuCoreRequest":6}}""")]
    [InlineData("""{"image":{"options":[{"value":"busybox"}],"required":true}}""", "{}")]
    [InlineData("""{"backoffLimit":{"min":2,"max":10,"step":2}}""", """{"backoffLimit":8}""")]
    [InlineData("""{"compute":{"cpuCoreRequest":{"min":2,"max":3,"step":0.25}}}""", """{"compute":{"cpuCoreRequest":2.25}}""")]
    [InlineData(
        """{"ports":{"instances":{"canAdd":false}}}""",
        """{"ports":[{"name":"p","container":80,"serviceType":"NodePort","exclude":true}]}""")]
    public async Task Rules_ThatASubmissionKeeps_LetItThrough(string rules, string spec)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await PutAsync(emulator, $$"""{"rules":{{rules}}}""");

        var id = await emulator.SubmitAsync("one", spec);

        Assert.Equal("Creating", await emulator.PhaseAsync(id));
    }

    private static async Task PutAsync(TestEmulator emulator, string policy, bool tenant = false, string query = "")
    {
        var meta = tenant ? """{"scope":"tenant","name":"t"}""" : """{"scope":"project","projectId":1,"name":"p"}""";
        var answer = await emulator.Client.PutAsync(
            "/api/v2/policy/trainings" + query, new StringContent($$"""{"meta":{{meta}},"policy":{{policy}}}"""));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
