using RunAi.Emulator.Execution.Images;

namespace RunAi.Emulator.Tests.Images;

public sealed class DockerLoginsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("runai-logins-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""{"auths":{"r.example.com":{"auth":"bWU6YTpi"}}}""", "r.example.com", "me", "a:b")]
    [InlineData("""{"auths":{"https://r.example.com/v1/":{"username":"me","password":"x"}}}""", "r.example.com", "me", "x")]
    [InlineData("""{"auths":{"https://index.docker.io/v1/":{"auth":"bWU6aHVi"}}}""", "docker.io", "me", "hub")]
    [InlineData("""{"auths":{"r.example.com":{"identitytoken":"t"}}}""", "r.example.com", "<token>", "t")]
    public async Task Find_InTheUsersFile_TakesTheRegistrysEntry(string config, string registry, string user, string password)
    {
        var login = await Logins(config).FindAsync(registry, [], default);

        Assert.Equal((user, password, user == "<token>"), (login?.UserName, login?.Password, login?.IsIdentityToken));
    }

    [Fact]
    public async Task Find_WithAPullSecret_PrefersItToTheUsersFile()
    {
        var secret = new Dictionary<string, string> { [".dockerconfigjson"] = """{"auths":{"r.example.com":{"auth":"cHVsbGVyOnM="}}}""" };

        var login = await Logins("""{"auths":{"r.example.com":{"auth":"bWU6YTpi"}}}""").FindAsync("r.example.com", [secret], default);

        Assert.Equal("puller", login?.UserName);
    }

    [Fact]
    public async Task Find_OfAnUnknownRegistry_GivesNone()
    {
        Assert.Null(await Logins("""{"auths":{"r.example.com":{"auth":"bWU6YTpi"}}}""").FindAsync("other.example.com", [], default));
        Assert.Null(await new DockerLogins(Path.Combine(_folder, "absent.json")).FindAsync("r.example.com", [], default));
    }

    [Fact]
    public async Task Find_InAFileThatIsNoJson_ComplainsWithoutQuotingIt()
    {
        var complaint = await Assert.ThrowsAsync<ImageException>(() =>
            Logins("{\"auths\": hidden-word}").FindAsync("r.example.com", [], default));

        Assert.DoesNotContain("hidden", complaint.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_WithAMissingHelper_SaysWhichProgram()
    {
        var complaint = await Assert.ThrowsAsync<ImageException>(
            () => Logins("""{"credHelpers":{"r.example.com":"not-installed"}}""").FindAsync("r.example.com", [], default));

        Assert.Contains("docker-credential-not-installed", complaint.Message, StringComparison.Ordinal);
    }

    private DockerLogins Logins(string config)
    {
        var file = Path.Combine(_folder, "config.json");
        File.WriteAllText(file, config);
        return new DockerLogins(file);
    }
}
