using System.Text.Json.Nodes;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.Tests.Images;

/// <summary>The process executor with images that RunAi put layers on.</summary>
public sealed class ImageExecutionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runai-layouts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("none")]
    public async Task Layout_WithOwnLayers_RunsThemInTheirWorkingFolder(string packing)
    {
        var image = new SampleImage(
            """{"WorkingDir":"/workspace","Env":["GREETING=image","PATH=/opt/bin:/bin"]}""", true,
            new SampleLayer { CreatedBy = "base", Packing = packing }.File("etc/base", "not for us"),
            new SampleLayer { CreatedBy = "RunAi: step runner", Packing = packing }
                .Program(".runai/step-runner", "#!/bin/sh\necho runner; exec \"$@\"\n").Program("opt/bin/tool", "#!/bin/sh\necho tool"),
            new SampleLayer { Packing = packing }.Folder("workspace").Program(
                "workspace/run.sh",
                "#!/bin/sh\ntool; echo $GREETING $MINE; ls ..; pwd; echo $RUNAI_HOME $HOME; test -d $DOTNET_ROOT/shared"));
        await using var emulator = await TestEmulator.ProcessAsync();

        var lines = await RunAsync(emulator, $"oci:{image.WriteLayout(_folder)}",
            "\"command\":\"/.runai/step-runner ./run.sh\",\"environmentVariables\":[{\"name\":\"MINE\",\"value\":\"spec\"}]");

        Assert.Equal(["runner", "tool", "image spec", "opt", "workspace"], lines[..5]);
        var root = lines[5][..^"/workspace".Length];
        Assert.Equal([root + "/workspace", $"{root}/runai {root}"], lines[5..]);
    }

    [Theory]
    [InlineData("", "entry cmd")]
    [InlineData("\"args\":\"mine\"", "entry mine")]
    [InlineData("\"command\":\"echo only\"", "only")]
    public async Task Entrypoint_WithoutACommand_IsTheImages(string spec, string expected)
    {
        var image = new SampleImage(
            """{"Entrypoint":["/bin/entry"],"Cmd":["cmd"]}""", true, new SampleLayer().Program("bin/entry", "#!/bin/sh\necho entry $1"));
        await using var emulator = await TestEmulator.ProcessAsync();

        Assert.Equal([expected], await RunAsync(emulator, $"oci:{image.WriteLayout(_folder)}", spec));
    }

    [Fact]
    public async Task Image_WithoutHistory_IsUnpackedWhole()
    {
        var image = new SampleImage("{}", false, new SampleLayer().File("base", "1"), new SampleLayer().File("code", "2"));
        await using var emulator = await TestEmulator.ProcessAsync();

        Assert.Equal(["base", "code"], await RunAsync(emulator, $"oci:{image.WriteLayout(_folder)}", "\"command\":\"ls\""));
    }

    [Fact]
    public async Task Image_WithoutOwnLayers_RunsInAnEmptyFolder()
    {
        var image = new SampleImage(new SampleLayer { CreatedBy = "base" }.File("base", "1"));
        await using var emulator = await TestEmulator.ProcessAsync();

        Assert.Empty(await RunAsync(emulator, $"oci:{image.WriteLayout(_folder)}", "\"command\":\"ls\""));
    }

    [Fact]
    public async Task Pods_OfOneImage_DoNotSeeEachOthersWrites()
    {
        var image = new SampleImage("""{"WorkingDir":"/w"}""", true, new SampleLayer().File("w/file", "fresh\n"));
        var name = $"oci:{image.WriteLayout(_folder)}";
        await using var emulator = await TestEmulator.ProcessAsync();

        Assert.Equal(["fresh", "dirty"], await RunAsync(emulator, name, "\"command\":\"sh -c 'cat file; echo dirty > file; cat file'\""));
        Assert.Equal(["fresh"], await RunAsync(emulator, name, "\"command\":\"cat file\"", "two"));
    }

    [Fact]
    public async Task Tags_OfALayout_AreToldApart()
    {
        new SampleImage(new SampleLayer().File("one", "")).WriteLayout(_folder, "v1");
        var second = new SampleImage(new SampleLayer().File("two", ""));
        second.WriteLayout(_folder, "v2");
        await using var emulator = await TestEmulator.ProcessAsync();

        Assert.Equal(["one"], await RunAsync(emulator, $"oci:{_folder}:v1", "\"command\":\"ls\"", "one"));
        Assert.Equal(["two"], await RunAsync(emulator, $"oci:{_folder}@{second.Digest}", "\"command\":\"ls\"", "two"));
        Assert.Contains("there are 2 images", await FailureAsync(emulator, $"oci:{_folder}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("basic")]
    [InlineData("token")]
    public async Task Registry_OnThisMachine_IsPulledFromOnce(string authentication)
    {
        await using var registry = await RegistryStandIn.StartAsync(authentication);
        var image = new SampleImage(new SampleLayer { CreatedBy = "base" }.File("base", "1"), new SampleLayer().File("code", "2"));
        var name = registry.Push(image, "v1");
        await using var emulator = await TestEmulator.ProcessAsync(WithPullSecret(registry));

        Assert.Equal(["code"], await RunAsync(emulator, name, "\"command\":\"ls\",\"imagePullSecrets\":[{\"name\":\"pull\"}]"));
        Assert.Equal(["code"], await RunAsync(emulator, name, "\"command\":\"ls\",\"imagePullSecrets\":[{\"name\":\"pull\"}]", "two"));

        // Two manifests, two configurations, one layer: base layers are not fetched, nor is a layer twice.
        Assert.Equal(2, registry.Requests.Count(request => request == "manifests/v1"));
        Assert.Equal(3, registry.Requests.Count(request => request.StartsWith("blobs/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("basic")]
    [InlineData("token")]
    public async Task Registry_WithoutALogin_RefusesAndIsNamed(string authentication)
    {
        await using var registry = await RegistryStandIn.StartAsync(authentication);
        var name = registry.Push(new SampleImage(new SampleLayer().File("code", "2")), "v1");
        await using var emulator = await TestEmulator.ProcessAsync();

        Assert.Contains("401", await FailureAsync(emulator, name), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_ThatFails_IsShownAndTriedAgainUntilItWorks()
    {
        await using var registry = await RegistryStandIn.StartAsync();
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitAsync("one", Spec($"{registry.Host}/team/steps:late", "\"command\":\"ls\""));

        var workload = await BackOffAsync(emulator, id);
        Assert.Equal("Initializing", (string?)workload["phase"]);
        Assert.Contains("not found", (string?)workload["phaseMessage"], StringComparison.Ordinal);
        var pod = Assert.Single((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/pods"))["pods"]!)!;
        Assert.Equal("Pending", (string?)pod["k8sPhase"]);
        registry.Push(new SampleImage(new SampleLayer().File("code", "2")), "late");
        await emulator.ReachesAsync(id, "Completed");

        Assert.Equal(["code"], await LinesAsync(emulator, id));
        var events = ((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/events?limit=500"))["events"]!)
            .Select(jsonNode => (string?)jsonNode!["reason"]).ToList();
        Assert.Contains("BackOff", events);
        Assert.Contains("Pulled", events);
    }

    [Fact]
    public async Task Pull_OfAWorkloadThatIsDeleted_IsForgotten()
    {
        await using var registry = await RegistryStandIn.StartAsync();
        await using var emulator = await TestEmulator.ProcessAsync();
        var id = await emulator.SubmitAsync("one", Spec($"{registry.Host}/team/steps:never", "\"command\":\"ls\""));
        await BackOffAsync(emulator, id);

        await emulator.ActAsync(id, "suspend");
        await emulator.ReachesAsync(id, "Stopped");
    }

    [Theory]
    [InlineData("blob", "has another content")]
    [InlineData("manifest", "has another content")]
    [InlineData("diff", "holds another archive")]
    [InlineData("hostile", "outside of its root")]
    [InlineData("absent", "has no blob")]
    public async Task Image_ThatIsNotWhatItSays_IsNotRun(string fault, string expected)
    {
        var layer = new SampleLayer().File(fault == "hostile" ? "../escaped" : "code", "2");
        var image = new SampleImage(layer);
        image.WriteLayout(_folder);
        var blob = image.Blobs.Keys.First();
        var file = Path.Combine(_folder, "blobs", "sha256", (fault == "manifest" ? image.Digest : blob)["sha256:".Length..]);
        if (fault is "blob" or "manifest")
        {
            var bytes = File.ReadAllBytes(file);
            bytes[^1] ^= 1;
            File.WriteAllBytes(file, bytes);
        }
        else if (fault == "absent")
        {
            File.Delete(file);
        }
        else if (fault == "diff")
        {
            image = new SampleImage(new SampleLayer { Padding = 512 }.File("code", "2"));
            image.WriteLayout(_folder);
        }

        await using var emulator = await TestEmulator.ProcessAsync();

        Assert.Contains(expected, await FailureAsync(emulator, $"oci:{_folder}@{image.Digest}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python:3.12-slim")]
    [InlineData("registry.invalid/team/steps:v1")]
    public async Task Image_OfARegistryElsewhere_IsNotAskedFor(string image)
    {
        await using var emulator = await TestEmulator.ProcessAsync();

        Assert.Equal(["here"], await RunAsync(emulator, image, "\"command\":\"echo here\""));
    }

    [Fact]
    public async Task Image_OfARegistryThatTheSeedLists_IsAskedFor()
    {
        await using var emulator = await TestEmulator.ProcessAsync(TestEmulator.Quick with { Registries = ["registry.invalid"] });

        Assert.Contains("cannot be reached", await FailureAsync(emulator, "registry.invalid/team/steps:v1"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0}", "{0}", "Completed", "")]
    [InlineData("{0}", "/elsewhere", "Failed", "must be the same")]
    [InlineData("{0}/absent", "{0}/absent", "Failed", "no such path")]
    public async Task HostPath_OfAProcess_IsWhereItComesFrom(string path, string mountPath, string phase, string expected)
    {
        await using var emulator = await TestEmulator.ProcessAsync();
        var mount = new JsonObject
        {
            ["path"] = path.Replace("{0}", _folder, StringComparison.Ordinal),
            ["mountPath"] = mountPath.Replace("{0}", _folder, StringComparison.Ordinal),
        };
        var id = await emulator.SubmitAsync("one", $$$"""
            {"command":"ls {{{_folder}}}","backoffLimit":0,"storage":{"hostPath":[{{{mount.ToJsonString()}}}]}}
            """);

        await emulator.ReachesAsync(id, phase);

        Assert.Contains(expected, (string?)(await emulator.WorkloadAsync(id))["phaseMessage"], StringComparison.Ordinal);
    }

    private static Seed WithPullSecret(RegistryStandIn registry) => TestEmulator.Quick with
    {
        Secrets = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["pull"] = new Dictionary<string, string>
            {
                [".dockerconfigjson"] =
                    $$$$"""{"auths":{"{{{{registry.Host}}}}":{"username":"{{{{RegistryStandIn.User}}}}","password":"{{{{RegistryStandIn.Password}}}}"}}}""",
            },
        },
    };

    private static string Spec(string image, string more) =>
        $$"""{"image":"{{image}}","backoffLimit":0{{(more.Length == 0 ? "" : "," + more)}}}""";

    private static async Task<string[]> RunAsync(TestEmulator emulator, string image, string more, string name = "one")
    {
        var id = await emulator.SubmitAsync(name, Spec(image, more));
        await emulator.ReachesAsync(id, "Completed");
        return await LinesAsync(emulator, id);
    }

    /// <summary>What the workload says while it fails to pull.</summary>
    private static async Task<string?> FailureAsync(TestEmulator emulator, string image) =>
        (string?)(await BackOffAsync(emulator, await emulator.SubmitAsync("bad", Spec(image, "\"command\":\"ls\""))))["phaseMessage"];

    private static async Task<JsonNode> BackOffAsync(TestEmulator emulator, string id)
    {
        using var patience = new CancellationTokenSource(TestEmulator.Patience);
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            var workload = await emulator.WorkloadAsync(id);
            if (((string?)workload["phaseMessage"])?.StartsWith("ImagePullBackOff", StringComparison.Ordinal) == true)
            {
                return workload;
            }
        }
    }

    private static async Task<string[]> LinesAsync(TestEmulator emulator, string id) =>
        (await emulator.Bare.GetStringAsync(new Uri($"/emulator/workloads/{id}/log", UriKind.Relative))).Split(
            '\n', StringSplitOptions.RemoveEmptyEntries);
}
