using RunAi.Images;
using RunAi.Tests.Images;

namespace RunAi.EndToEnd.Tests;

/// <summary>Images of ours in a real container engine, and as another builder's base.</summary>
public sealed class EngineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runai-engine-").FullName;
    private readonly QuietLog _log = new();

    public EngineTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "src", "grüße"));
        File.WriteAllText(Path.Combine(_folder, "src", "grüße", "a b.txt"), "hello");
        File.WriteAllText(Path.Combine(_folder, "src", "run.sh"), "#!/bin/sh\ncat 'grüße/a b.txt'\n");
        File.SetUnixFileMode(Path.Combine(_folder, "src", "run.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task PushedImage_IsPulledAndRunByPodman()
    {
        Peers.Require(["docker-registry", BusyBoxImage.Program, .. PodmanService.Programs]);
        BusyBoxImage.WriteLayout(Path.Combine(_folder, "base"));
        using var registry = await RegistryProcess.StartAsync(_folder);
        using var podman = await PodmanService.StartAsync(_folder, registry.Host);

        var image = await BuildAsync($"{registry.Host}/team/steps");
        podman.Run("pull", image.Reference);
        var printed = podman.Run("run", "--rm", image.Reference, "./run.sh");

        Assert.Equal("hello", printed);
    }

    [SkippableFact]
    public async Task Dockerfile_BuiltByPodman_IsPushedWithTheStepRunner()
    {
        Peers.Require(["docker-registry", "skopeo", BusyBoxImage.Program, .. PodmanService.Programs]);
        var source = Path.Combine(_folder, "src");
        File.Copy(Peers.Find(BusyBoxImage.Program)!, Path.Combine(source, "busybox"));
        File.WriteAllText(Path.Combine(source, ".dockerignore"), "Dockerfile\nsecret.txt\n");
        File.WriteAllText(Path.Combine(source, "secret.txt"), "secret");
        File.WriteAllText(Path.Combine(source, "Dockerfile"), """
            FROM scratch AS runtime
            ARG WORD=none
            COPY . /app/
            RUN ["/app/busybox", "sh", "-c", "echo built with $WORD > /app/word"]
            WORKDIR /app
            FROM runtime AS other
            """);
        using var registry = await RegistryProcess.StartAsync(_folder);
        using var podman = await PodmanService.StartAsync(_folder, registry.Host);
        var builder = new ImageBuilder
        {
            Name = "docker",
            Flavor = "Docker",
            Target = "runtime",
            Endpoint = podman.Endpoint,
            BuildArguments = new Dictionary<string, string> { ["WORD"] = "seven" },
        };

        var image = await BuildAsync(builder, $"{registry.Host}/team/steps");
        var again = await BuildAsync(builder, $"{registry.Host}/team/steps");
        podman.Run("pull", image.Reference);

        Assert.Equal((image.Digest, 0L), (again.Digest, again.Uploaded));
        Assert.Equal("Runner", image.Layers[^1].Origin);
        Assert.Equal("built with seven\n", podman.Run("run", "--rm", image.Reference, "./busybox", "cat", "word"));
        Assert.Equal("step-runner\n", podman.Run("run", "--rm", image.Reference, "./busybox", "basename", "/.runai/step-runner"));
        Assert.DoesNotContain(
            "secret.txt", podman.Run("run", "--rm", image.Reference, "./busybox", "ls", "/app"), StringComparison.Ordinal);
        Assert.Contains(_log.Requests, line => line.Contains("WORKDIR /app", StringComparison.Ordinal));
        Peers.Run("skopeo", "copy", "--src-tls-verify=false", $"docker://{image.Reference}", $"dir:{_folder}/dir");
    }

    [SkippableFact]
    public async Task Dockerfile_ThatFails_TellsWhatTheEngineSaid()
    {
        Peers.Require([BusyBoxImage.Program, .. PodmanService.Programs]);
        File.WriteAllText(Path.Combine(_folder, "src", "Dockerfile"), "FROM scratch\nCOPY nothing-there /x\n");
        using var podman = await PodmanService.StartAsync(_folder);

        var error = await Assert.ThrowsAsync<ImageBuildException>(
            () => BuildAsync(new ImageBuilder { Name = "docker", Flavor = "Docker", Endpoint = podman.Endpoint }, "127.0.0.1:1/x"));

        Assert.Equal(ErrorIds.ImageBuildFailed, error.ErrorId);
        Assert.Contains("nothing-there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dockerfile_WithoutAnEngine_SaysWhereItLooked()
    {
        File.WriteAllText(Path.Combine(_folder, "src", "Dockerfile"), "FROM scratch\n");

        var error = await Assert.ThrowsAsync<ImageBuildException>(
            () => BuildAsync(
                new ImageBuilder { Name = "docker", Flavor = "Docker", Endpoint = $"unix://{_folder}/none.sock" }, "127.0.0.1:1/x"));

        Assert.Equal(ErrorIds.ContainerEngineUnreachable, error.ErrorId);
        Assert.Contains("none.sock", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task GenerationsOfOurs_OnEachOther_AreMountedAndRunByBuildah()
    {
        Peers.Require("docker-registry", "buildah", BusyBoxImage.Program);
        Peers.RequireSuperUser();
        BusyBoxImage.WriteLayout(Path.Combine(_folder, "base"));
        using var registry = await RegistryProcess.StartAsync(_folder);

        var image = await BuildAsync($"{registry.Host}/team/steps");
        foreach (var word in new[] { "second", "third" })
        {
            File.WriteAllText(Path.Combine(_folder, "src", "grüße", "a b.txt"), word);
            var next = await BuildAsync($"{registry.Host}/team/{word}", image.Reference);
            Assert.Equal(image.Layers.Select(layer => layer.Digest), next.Layers.SkipLast(2).Select(layer => layer.Digest));
            Assert.InRange(next.Uploaded, 1, 5_000);
            image = next;
        }

        var container = Buildah("from", "--tls-verify=false", "docker://" + image.Reference).Trim();
        Assert.Equal("third", Buildah("run", "--isolation", "chroot", container, "./run.sh"));
        Assert.True(File.Exists(Path.Combine(Buildah("mount", container).Trim(), ".runai", "step-runner")));
    }

    [SkippableFact]
    public async Task ZstdBase_MadeBySkopeo_IsBuiltOnAndRunByPodman()
    {
        Peers.Require(["docker-registry", "skopeo", BusyBoxImage.Program, .. PodmanService.Programs]);
        BusyBoxImage.WriteLayout(Path.Combine(_folder, "plain"));
        Peers.Run("skopeo", "copy", "--dest-compress", "--dest-compress-format", "zstd", $"oci:{_folder}/plain", $"oci:{_folder}/base");
        using var registry = await RegistryProcess.StartAsync(_folder);
        using var podman = await PodmanService.StartAsync(_folder, registry.Host);

        var image = await BuildAsync($"{registry.Host}/team/steps");
        podman.Run("pull", image.Reference);

        Assert.Contains(
            "tar+zstd", Peers.Run("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{image.Reference}"),
            StringComparison.Ordinal);
        Assert.Equal("hello", podman.Run("run", "--rm", image.Reference, "./run.sh"));
    }

    private async Task<StepImage> BuildAsync(ImageBuilder builder, string destination)
    {
        using var transport = new RegistryTransport(new RegistryOptions());
        var images = new StepImages(
            transport, new Login(null, null), SampleRunner.FilesIn(_folder), SampleRunner.CacheIn(_folder),
            Environment.GetEnvironmentVariable, _log);
        var request = new ImageBuildRequest(Path.Combine(_folder, "src"), null, ImageLocation.Parse(destination));
        return await images.BuildAsync(builder, request, _ => { }, default);
    }

    private string Buildah(params string[] arguments) => Peers.Run(
        "buildah", ["--root", $"{_folder}/buildah", "--runroot", $"{_folder}/buildah-run", "--storage-driver", "vfs", .. arguments]);

    private async Task<StepImage> BuildAsync(string destination, string? baseImage = null)
    {
        using var transport = new RegistryTransport(new RegistryOptions());
        using var hosts = new RegistryHosts(transport, new Login(null, null), _log);
        var request = new ImageBuildRequest(
            Path.Combine(_folder, "src"), ImageLocation.Parse(baseImage ?? $"oci:{_folder}/base"), ImageLocation.Parse(destination));
        return await new LayerImageBuilder(hosts, transport.Options, SampleRunner.In(_folder), new QuietLog())
            .BuildAsync(request, _ => { }, default);
    }
}
