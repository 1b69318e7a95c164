using System.Text.Json.Nodes;
using RunAi.Images;
using RunAi.Tests.Images;

namespace RunAi.EndToEnd.Tests;

/// <summary>The emulator's container executor with images of ours in a real engine.</summary>
public sealed class ContainerExecutorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runai-ce-").FullName;

    public ContainerExecutorTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "src"));
        Directory.CreateDirectory(Path.Combine(_folder, "shared"));
        File.WriteAllText(Path.Combine(_folder, "src", "hello.txt"), "hello from the layer\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task Layout_IsLoadedIntoTheEngineAndRunsAsTheSpecSays()
    {
        using var podman = await EngineAsync();
        var image = await BuildAsync($"oci:{_folder}/images");
        using var emulator = await EmulatorClient.StartAsync("--executor", "container", "--engine", podman.Endpoint);
        var spec = Spec(
            image,
            "cat hello.txt; pwd; echo $MINE; busybox id -u; echo out > shared.txt; cat /shared/in.txt; echo out > /shared/out.txt; exit 3");
        spec["environmentVariables"] = new JsonArray(new JsonObject { ["name"] = "MINE", ["value"] = "mine" });
        spec["security"] = new JsonObject { ["runAsUid"] = 12345, ["readOnlyRootFilesystem"] = true };
        spec["storage"] = new JsonObject
        {
            ["hostPath"] = new JsonArray(
                new JsonObject { ["path"] = _folder + "/shared", ["mountPath"] = "/shared", ["readOnly"] = false }),
            ["emptyDirVolume"] = new JsonArray(new JsonObject { ["path"] = "/scratch", ["medium"] = "Memory" }),
        };
        File.WriteAllText(Path.Combine(_folder, "shared", "in.txt"), "shared in\n");
        File.SetUnixFileMode(Path.Combine(_folder, "shared", "in.txt"), (UnixFileMode)0b110_110_110);
        File.SetUnixFileMode(Path.Combine(_folder, "shared"), (UnixFileMode)0b111_111_111);

        var id = await emulator.SubmitAsync("one", spec);
        var ended = await emulator.EndedAsync(id);

        var lines = (await emulator.LogAsync(id)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // What goes to stderr keeps no order with the rest.
        var complaint = Assert.Single(lines, line => line.Contains("shared.txt", StringComparison.Ordinal));
        Assert.Equal(["hello from the layer", "/workspace", "mine", "12345", "shared in"], lines.Where(line => line != complaint));
        Assert.Equal("out\n", File.ReadAllText(Path.Combine(_folder, "shared", "out.txt")));
        Assert.Contains("exit code 3", (string?)ended["phaseMessage"], StringComparison.Ordinal);
        Assert.Equal("", podman.Run("ps", "--all", "--quiet"));
    }

    [SkippableFact]
    public async Task RegistryImage_IsPulledByTheEngineOrSaysWhyNot()
    {
        Peers.Require("docker-registry");
        using var registry = await RegistryProcess.StartAsync(_folder);
        using var podman = await EngineAsync(registry.Host);
        var image = await BuildAsync($"{registry.Host}/team/steps");
        using var emulator = await EmulatorClient.StartAsync("--executor", "container", "--engine", podman.Endpoint);

        var good = await emulator.SubmitAsync("good", Spec(image, "cat hello.txt"));
        Assert.Equal("Completed", (string?)(await emulator.EndedAsync(good))["phase"]);
        var bad = await emulator.SubmitAsync("bad", Spec($"{registry.Host}/team/absent:v1", "cat hello.txt"));
        var waiting = await emulator.UntilAsync(
            bad, workload => ((string?)workload["phaseMessage"])?.StartsWith("ImagePullBackOff", StringComparison.Ordinal) == true);

        Assert.Equal("hello from the layer\n", await emulator.LogAsync(good));
        Assert.Equal("Initializing", (string?)waiting["phase"]);
        Assert.Contains("team/absent", (string?)waiting["phaseMessage"], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Stop_OfAContainer_AsksItThenRemovesIt()
    {
        using var podman = await EngineAsync();
        var image = await BuildAsync($"oci:{_folder}/images");
        using var emulator = await EmulatorClient.StartAsync("--executor", "container", "--engine", podman.Endpoint);
        var spec = Spec(image, "trap 'echo asked; exit 0' TERM; echo ready; while :; do busybox sleep 1; done");
        spec["terminationGracePeriodSeconds"] = 60;
        var id = await emulator.SubmitAsync("one", spec);
        await emulator.SaysAsync(id, "ready");

        await emulator.SuspendAsync(id);
        await emulator.UntilAsync(id, workload => (string?)workload["phase"] == "Stopped");

        Assert.Equal("ready\nasked\n", await emulator.LogAsync(id));
        Assert.Equal("", podman.Run("ps", "--all", "--quiet"));
    }

    [SkippableFact]
    public async Task Leftovers_OfAKilledEmulator_AreRemovedByTheNext()
    {
        using var podman = await EngineAsync();
        var image = await BuildAsync($"oci:{_folder}/images");
        string[] arguments = ["--executor", "container", "--engine", podman.Endpoint, "--state", Path.Combine(_folder, "state.json")];
        using (var first = await EmulatorClient.StartAsync(arguments))
        {
            var id = await first.SubmitAsync("one", Spec(image, "echo ready; busybox sleep 600"));
            await first.SaysAsync(id, "ready");
            first.Kill();
        }

        var left = podman.Run("ps", "--all", "--quiet", "--no-trunc").Trim();
        Assert.NotEqual("", left);
        using (await EmulatorClient.StartAsync(arguments))
        {
            Assert.DoesNotContain(left, podman.Run("ps", "--all", "--quiet", "--no-trunc"), StringComparison.Ordinal);
        }

        Assert.Equal("", podman.Run("ps", "--all", "--quiet"));
    }

    private async Task<PodmanService> EngineAsync(params string[] registries)
    {
        Peers.Require([BusyBoxImage.Program, .. PodmanService.Programs]);
        BusyBoxImage.WriteLayout(Path.Combine(_folder, "base"));
        return await PodmanService.StartAsync(_folder, registries);
    }

    private static JsonObject Spec(string image, string script) => new()
    {
        ["image"] = image,
        ["command"] = "/bin/sh -c",
        ["args"] = "'" + script.Replace("'", "'\\''", StringComparison.Ordinal) + "'",
        ["backoffLimit"] = 0,
    };

    private async Task<string> BuildAsync(string destination)
    {
        using var transport = new RegistryTransport(new RegistryOptions());
        using var hosts = new RegistryHosts(transport, new Login(null, null), new QuietLog());
        var request = new ImageBuildRequest(
            Path.Combine(_folder, "src"), ImageLocation.Parse($"oci:{_folder}/base"), ImageLocation.Parse(destination));
        return (await new LayerImageBuilder(hosts, transport.Options, SampleRunner.In(_folder), new QuietLog())
            .BuildAsync(request, _ => { }, default)).Reference;
    }
}
