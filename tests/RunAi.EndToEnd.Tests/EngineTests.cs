using RunAi.Images;

namespace RunAi.EndToEnd.Tests;

/// <summary>Images of ours in a real container engine, and as another builder's base.</summary>
public sealed class EngineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runai-engine-").FullName;

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

    private async Task<StepImage> BuildAsync(string destination)
    {
        using var transport = new RegistryTransport(new RegistryOptions());
        using var hosts = new RegistryHosts(transport, new Login(null, null), new QuietLog());
        var request = new ImageBuildRequest(
            Path.Combine(_folder, "src"), ImageLocation.Parse($"oci:{_folder}/base"), ImageLocation.Parse(destination));
        return await new LayerImageBuilder(hosts, transport.Options).BuildAsync(request, _ => { }, default);
    }
}
