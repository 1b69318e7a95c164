using System.Text;
using RunAi.Images;

namespace RunAi.Tests.Images;

public sealed class DockerLoginTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _folder.Dispose();
    }

    [Theory]
    [InlineData("registry.test:5000", "registry.test:5000")]
    [InlineData("https://registry.test:5000", "registry.test:5000")]
    [InlineData("https://index.docker.io/v1/", "docker.io")]
    public async Task Auths_Entry_IsDecoded(string key, string registry)
    {
        Config($"{{\"auths\":{{\"{key}\":{{\"auth\":\"{Base64("me:pa:ss")}\"}}}}}}");

        var found = await FindAsync(registry);

        Assert.Equal(("me", "pa:ss"), (found!.UserName, found.Password.Reveal()));
        Assert.Null(await FindAsync("other.test"));
    }

    [Fact]
    public async Task Auths_IdentityToken_IsOne()
    {
        Config("""{"auths":{"registry.test":{"auth":"MDAwMDo=","identitytoken":"tok"}}}""");

        Assert.True((await FindAsync("registry.test"))!.IsIdentityToken);
    }

    [Fact]
    public async Task NoFile_GivesNothing() => Assert.Null(await FindAsync("registry.test"));

    [Fact]
    public async Task Helper_OfTheRegistry_IsRunWithItsNameOnTheInput()
    {
        Helper("mine", """read host; echo "{\"ServerURL\":\"$host\",\"Username\":\"user-of-$host\",\"Secret\":\"s3\"}" """);
        Config("""{"credHelpers":{"registry.test":"mine"},"credsStore":"absent"}""");

        var found = await FindAsync("registry.test");

        Assert.Equal(("user-of-registry.test", "s3"), (found!.UserName, found.Password.Reveal()));
    }

    [Fact]
    public async Task Store_WithoutTheRegistry_FallsBackToTheFile()
    {
        Helper("store", "echo 'credentials not found in native keychain'; exit 1");
        Config($"{{\"credsStore\":\"store\",\"auths\":{{\"registry.test\":{{\"auth\":\"{Base64("a:b")}\"}}}}}}");

        Assert.Equal("a", (await FindAsync("registry.test"))!.UserName);
    }

    [Theory]
    [InlineData("missing", "docker-credential-missing")]
    [InlineData("../evil", "no program's")]
    public async Task Helper_ThatCannotRun_IsNamed(string helper, string words)
    {
        Config($$"""{"credsStore":"{{helper}}"}""");

        var error = await Assert.ThrowsAsync<DockerLoginException>(() => FindAsync("registry.test"));

        Assert.Equal(ErrorIds.RegistryAuthenticationFailed, error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_ThatFails_DoesNotHideAnEntryOfTheFile()
    {
        Config($"{{\"credsStore\":\"missing\",\"auths\":{{\"registry.test\":{{\"auth\":\"{Base64("a:b")}\"}}}}}}");

        Assert.Equal("a", (await FindAsync("registry.test"))!.UserName);
    }

    [Fact]
    public async Task EmptyEntry_HidesNoFullOne()
    {
        Config($"{{\"auths\":{{\"registry.test\":{{}},\"https://registry.test\":{{\"auth\":\"{Base64("a:b")}\"}}}}}}");
        Assert.Equal("a", (await FindAsync("registry.test"))!.UserName);

        Config("""{"auths":{"registry.test":{}}}""");
        Directory.CreateDirectory(_folder["run/containers"]);
        File.WriteAllText(
            _folder["run/containers/auth.json"], $"{{\"auths\":{{\"registry.test\":{{\"auth\":\"{Base64("podman:b")}\"}}}}}}");
        Assert.Equal("podman", (await FindAsync("registry.test"))!.UserName);
    }

    [Theory]
    [InlineData("team/train", "train")]
    [InlineData("team/other", "team")]
    [InlineData("teams/train", "all")]
    public async Task Entries_ByPath_TheNearestCounts(string repository, string user)
    {
        Config("{\"auths\":{" + string.Join(",", new[] { "", "/team", "/team/train" }.Select((path, i) =>
            $"\"registry.test{path}\":{{\"auth\":\"{Base64(new[] { "all", "team", "train" }[i] + ":1")}\"}}")) + "}}");

        Assert.Equal(user, (await FindAsync("registry.test", repository))!.UserName);
    }

    [Theory]
    [InlineData("explicit.json")]
    [InlineData("run/containers/auth.json")]
    [InlineData("home/.config/containers/auth.json")]
    [InlineData("home/.docker/config.json")]
    public async Task Files_OfPodmanAndOfTheVariable_AreRead(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[file])!);
        File.WriteAllText(_folder[file], $"{{\"auths\":{{\"registry.test\":{{\"auth\":\"{Base64("a:b")}\"}}}}}}");
        var login = new DockerLogin(
            name => name switch
            {
                "REGISTRY_AUTH_FILE" => _folder["explicit.json"],
                "XDG_RUNTIME_DIR" => _folder["run"],
                "HOME" => _folder["home"],
                _ => null,
            },
            new CredentialHelper(TimeProvider.System));

        Assert.Equal("a", (await login.FindAsync("registry.test", "steps", default))!.UserName);
    }

    private Task<RegistryCredential?> FindAsync(string registry, string repository = "steps")
    {
        Func<string, string?> environment = name => name switch
        {
            "DOCKER_CONFIG" => _folder.Location,
            "HOME" => _folder["home"],
            "XDG_RUNTIME_DIR" => _folder["run"],
            _ => null,
        };
        return new DockerLogin(environment, new CredentialHelper(TimeProvider.System)).FindAsync(registry, repository, default);
    }

    private void Config(string json) => File.WriteAllText(_folder["config.json"], json);

    private void Helper(string name, string script)
    {
        var file = _folder["docker-credential-" + name];
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", _folder.Location + Path.PathSeparator + _path);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
