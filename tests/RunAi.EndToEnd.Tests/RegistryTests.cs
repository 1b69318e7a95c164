using System.Text.Json.Nodes;
using RunAi.Content;
using RunAi.Images;
using RunAi.Tests.Images;

namespace RunAi.EndToEnd.Tests;

/// <summary>Images pushed to a real registry and read by programs of others.</summary>
public sealed class RegistryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runai-images-").FullName;
    private readonly QuietLog _log = new();

    public RegistryTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "src", "sub", "empty"));
        File.WriteAllText(Path.Combine(_folder, "src", "sub", "grüße.txt"), "hello");
        File.WriteAllText(Path.Combine(_folder, "src", "run.sh"), "#!/bin/sh\n");
        File.SetUnixFileMode(Path.Combine(_folder, "src", "run.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(_folder, "src", "link"), "sub/grüße.txt");
        new SampleImage(padding: 300_000).WriteLayout(Path.Combine(_folder, "base"));
        new SampleImage(docker: true).WriteLayout(Path.Combine(_folder, "docker"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task Anonymous_PushedImage_IsAcceptedBySkopeoAndUmoci()
    {
        Peers.Require("docker-registry", "skopeo", "umoci");
        using var registry = await RegistryProcess.StartAsync(_folder);

        var image = await BuildAsync($"{registry.Host}/team/steps", tag: "v1");

        var seen = JsonNode.Parse(Peers.Run("skopeo", "inspect", "--tls-verify=false", $"docker://{registry.Host}/team/steps:v1"))!;
        Assert.Equal(image.Digest, (string?)seen["Digest"]);
        Assert.Equal(image.Layers.Select(l => l.Digest), seen["Layers"]!.AsArray().Select(l => (string?)l));
        Peers.Run("skopeo", "copy", "--src-tls-verify=false", $"docker://{image.Reference}", $"dir:{_folder}/dir");
        Assert.Equal(image.Digest, Digest.Of(File.ReadAllBytes(Path.Combine(_folder, "dir", "manifest.json"))));
        Assert.All(
            image.Layers, l => Assert.Equal(l.Digest, Digest.Of(File.ReadAllBytes(Path.Combine(_folder, "dir", Digest.Hex(l.Digest))))));
        Peers.Run("skopeo", "copy", "--src-tls-verify=false", $"docker://{image.Reference}", $"oci:{_folder}/copied:v1");
        CheckTree("copied");
    }

    [SkippableFact]
    public async Task Anonymous_SecondBuild_UploadsNothingAndOtherRepositoriesMount()
    {
        Peers.Require("docker-registry");
        using var registry = await RegistryProcess.StartAsync(_folder);
        var first = await BuildAsync($"{registry.Host}/team/steps", tag: "v1");
        _log.Requests.Clear();

        var second = await BuildAsync($"{registry.Host}/team/steps", tag: "v1");
        var sent = _log.Requests.Where(r => r.StartsWith('P')).ToArray();
        var mounted = await BuildAsync($"{registry.Host}/team/other", $"{registry.Host}/team/steps:v1");

        Assert.Equal((first.Digest, 0L), (second.Digest, second.Uploaded));
        Assert.Empty(sent);
        Assert.Equal(["Base", "Base", "Base", "Runner", "Code"], mounted.Layers.Select(l => l.Origin));
        Assert.Contains(
            _log.Requests, r => r.StartsWith("POST", StringComparison.Ordinal) && r.Contains(" 201 ", StringComparison.Ordinal));
        Assert.InRange(mounted.Uploaded, 1, 5_000);
    }

    [SkippableFact]
    public async Task Anonymous_ChunkedUpload_IsWhole()
    {
        Peers.Require("docker-registry", "skopeo");
        using var registry = await RegistryProcess.StartAsync(_folder);

        var image = await BuildAsync($"{registry.Host}/team/steps", options: new RegistryOptions { ChunkSize = 64_000 });

        Assert.True(_log.Requests.Count(r => r.StartsWith("PATCH", StringComparison.Ordinal)) >= 5);
        Peers.Run("skopeo", "copy", "--src-tls-verify=false", $"docker://{image.Reference}", $"dir:{_folder}/dir");
    }

    [SkippableFact]
    public async Task Anonymous_DockerFormat_StaysThatAndIsAccepted()
    {
        Peers.Require("docker-registry", "skopeo");
        using var registry = await RegistryProcess.StartAsync(_folder);

        var image = await BuildAsync($"{registry.Host}/team/steps", $"oci:{_folder}/docker");

        var raw = JsonNode.Parse(Peers.Run("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{image.Reference}"))!;
        Assert.Equal("application/vnd.docker.distribution.manifest.v2+json", (string?)raw["mediaType"]);
    }

    [SkippableFact]
    public async Task Basic_RightAndWrongPassword_PushesOrSaysSo()
    {
        Peers.Require("docker-registry", "htpasswd", "skopeo");
        File.WriteAllText(Path.Combine(_folder, "users"), Peers.Run("htpasswd", "-Bbn", "me", "pass:word"));
        using var registry = await RegistryProcess.StartAsync(_folder, $"auth:\n  htpasswd: {{ realm: r, path: {_folder}/users }}");

        var image = await BuildAsync($"{registry.Host}/steps", tag: "v1", login: new Login("me", "pass:word"));
        var wrong = await Assert.ThrowsAsync<ImageBuildException>(() => BuildAsync(
            $"{registry.Host}/steps", login: new Login("me", "canary")));
        var nobody = await Assert.ThrowsAsync<ImageBuildException>(() => BuildAsync($"{registry.Host}/steps"));

        Peers.Run("skopeo", "inspect", "--tls-verify=false", "--creds=me:pass:word", $"docker://{image.Reference}");
        Assert.All([wrong, nobody], e => Assert.Equal(ErrorIds.RegistryAuthenticationFailed, e.ErrorId));
        Assert.DoesNotContain("canary", wrong.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Token_PushAndMount_AskForTheScopesTheyNeed()
    {
        Peers.Require("docker-registry");
        using var tokens = new TokenServer(_folder, "me", "password");
        using var registry = await RegistryProcess.StartAsync(_folder, tokens.Section);
        var login = new Login("me", "password");

        await BuildAsync($"{registry.Host}/team/steps", tag: "v1", login: login);
        var mounted = await BuildAsync($"{registry.Host}/team/other", $"{registry.Host}/team/steps:v1", login: login);
        var wrong = await Assert.ThrowsAsync<ImageBuildException>(() => BuildAsync(
            $"{registry.Host}/team/steps", login: new Login("me", "no")));

        Assert.Contains(tokens.Scopes, s => s.Contains("repository:team/other:pull,push") && s.Contains("repository:team/steps:pull"));
        Assert.InRange(mounted.Uploaded, 1, 5_000);
        Assert.Equal(ErrorIds.RegistryAuthenticationFailed, wrong.ErrorId);
    }

    [SkippableFact]
    public async Task Layout_WrittenByUs_IsUnpackedByUmociAndCopiedBySkopeo()
    {
        Peers.Require("skopeo", "umoci");

        var image = await BuildAsync($"oci:{_folder}/out", tag: "v1");

        Peers.Run("skopeo", "copy", $"oci:{_folder}/out:v1", $"dir:{_folder}/dir");
        Assert.Equal(image.Digest, Digest.Of(File.ReadAllBytes(Path.Combine(_folder, "dir", "manifest.json"))));
        CheckTree("out");
    }

    private void CheckTree(string layout)
    {
        Peers.Run("umoci", "unpack", "--rootless", "--image", $"{_folder}/{layout}:v1", $"{_folder}/bundle");
        var root = Path.Combine(_folder, "bundle", "rootfs", "workspace");
        Assert.Equal("hello", File.ReadAllText(Path.Combine(root, "link")));
        Assert.Equal("sub/grüße.txt", new FileInfo(Path.Combine(root, "link")).LinkTarget);
        Assert.True(Directory.Exists(Path.Combine(root, "sub", "empty")));
        Assert.Equal(Convert.ToInt32("755", 8), (int)File.GetUnixFileMode(Path.Combine(root, "run.sh")));
        Assert.Equal("base", File.ReadAllText(Path.Combine(_folder, "bundle", "rootfs", "etc", "release")));
    }

    private async Task<StepImage> BuildAsync(
        string destination, string? image = null, string? tag = null, Login? login = null, RegistryOptions? options = null)
    {
        using var transport = new RegistryTransport(options ?? new RegistryOptions { RetryDelay = TimeSpan.FromMilliseconds(10) });
        using var hosts = new RegistryHosts(transport, login ?? new Login(null, null), _log);
        var request = new ImageBuildRequest(
            Path.Combine(_folder, "src"), ImageLocation.Parse(image ?? $"oci:{_folder}/base"), ImageLocation.Parse(destination))
        { Tag = tag };
        return await new LayerImageBuilder(hosts, transport.Options, SampleRunner.In(_folder), new QuietLog())
            .BuildAsync(request, _ => { }, default);
    }
}
