using System.Net;
using System.Net.Http.Headers;
using RunAi.Content;
using RunAi.Images;
using RunAi.Secrets;

namespace RunAi.Tests.Images;

public sealed class RegistryAuthenticationTests : IDisposable
{
    private const string Secret = "canary-7f3a";

    private readonly ImageBench _bench = new() { Credential = new RegistryCredential("me", new SecretText(Secret)) };
    private readonly List<HttpRequestMessage> _seen = [];

    public RegistryAuthenticationTests() => _bench.Write("a.txt", "a");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Basic_AfterTheChallenge_IsSentAndRemembered()
    {
        var challenges = 0;
        _bench.Registry.Before = request =>
            request.Headers.Authorization?.Scheme == "Basic" ? null : Challenge("Basic realm=\"r\"", ref challenges);

        await _bench.BuildAsync();

        Assert.InRange(challenges, 1, 3);
    }

    [Fact]
    public async Task Basic_Refused_SaysWhomAndNotTheSecret()
    {
        var challenges = 0;
        _bench.Registry.Before = _ => Challenge("Basic realm=\"r\"", ref challenges);

        var error = await Assert.ThrowsAsync<ImageBuildException>(() => _bench.BuildAsync());

        Assert.Equal(ErrorIds.RegistryAuthenticationFailed, error.ErrorId);
        Assert.Contains("'me'", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, challenges);
        Assert.DoesNotContain(Secret, error + string.Join("\n", _bench.Log.Others), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoCredential_Refused_SaysHowToGiveOne()
    {
        _bench.Credential = null;
        var challenges = 0;
        _bench.Registry.Before = _ => Challenge("Basic realm=\"r\"", ref challenges);

        var error = await Assert.ThrowsAsync<ImageBuildException>(() => _bench.BuildAsync());

        Assert.Contains("Register-RunAiContainerRegistry", error.Message, StringComparison.Ordinal);
        Assert.Contains("docker login " + FakeRegistry.Host, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailingHelper_RegistryThatServesAnybody_IsAWarning()
    {
        _bench.LoginTrouble = new DockerLoginException("The helper is missing.", "docker-credential-desktop");
        _bench.Registry.Before = request => Bearer(request, "https://auth.test/token", "");

        await _bench.BuildAsync();

        Assert.Equal($"The helper is missing. {FakeRegistry.Host} is asked without a credential.", Assert.Single(_bench.Log.Warnings));
        Assert.All(_seen.Where(request => request.RequestUri!.Host == "auth.test"), request => Assert.Null(request.Headers.Authorization));
    }

    [Theory]
    [InlineData("Basic realm=\"r\"")]
    [InlineData("Bearer realm=\"https://auth.test/token\"")]
    public async Task FailingHelper_RegistryThatRefuses_IsNamedInTheError(string challenge)
    {
        _bench.LoginTrouble = new DockerLoginException("The helper is missing.", "docker-credential-desktop");
        var challenges = 0;
        _bench.Registry.Before = request => request.RequestUri!.Host == "auth.test"
            ? FakeRegistry.Status(HttpStatusCode.Unauthorized)
            : Challenge(challenge, ref challenges);

        var error = await Assert.ThrowsAsync<ImageBuildException>(() => _bench.BuildAsync());

        Assert.Equal(ErrorIds.RegistryAuthenticationFailed, error.ErrorId);
        Assert.Contains("No credential could be read: The helper is missing.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forbidden_IsSaidAsSuch()
    {
        _bench.Registry.Before = request => request.Method == HttpMethod.Post
            ? FakeRegistry.Status(HttpStatusCode.Forbidden, """{"errors":[{"code":"DENIED","message":"read only"}]}""")
            : null;

        var error = await Assert.ThrowsAsync<ImageBuildException>(() => _bench.BuildAsync());

        Assert.Equal(ErrorIds.RegistryAuthenticationFailed, error.ErrorId);
        Assert.Contains("read only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_SeveralScopesInOneChallenge_AsksForThemAll()
    {
        _bench.Registry.Before = request => Bearer(
            request, "https://auth.test/token", "repository:steps:pull,push repository:base:pull");

        await _bench.BuildAsync();

        var asked = _seen.Where(r => r.RequestUri!.Host == "auth.test").ToArray();
        Assert.All(asked, r => Assert.Equal("Basic", r.Headers.Authorization!.Scheme));
        Assert.All(asked, r => Assert.Contains("service=registry", r.RequestUri!.Query, StringComparison.Ordinal));
        Assert.Contains(asked, r => r.RequestUri!.Query.Contains(
            "scope=repository%3Asteps%3Apull%2Cpush&scope=repository%3Abase%3Apull", StringComparison.Ordinal));
        Assert.InRange(asked.Length, 2, 4);
    }

    [Fact]
    public async Task Token_RealmThatIsNotHttps_GetsNoCredential()
    {
        _bench.Registry.Before = request => Bearer(request, "http://auth.test/token", "");

        var error = await Assert.ThrowsAsync<ImageBuildException>(() => _bench.BuildAsync());

        Assert.Equal(ErrorIds.RegistryAuthenticationFailed, error.ErrorId);
        Assert.DoesNotContain(_seen, r => r.RequestUri!.Host == "auth.test");
    }

    [Fact]
    public async Task Identity_IsRefreshedByPost()
    {
        _bench.Credential = RegistryCredential.OfIdentityToken(Secret);
        var forms = new List<string>();
        _bench.Registry.Before = request =>
        {
            if (request.RequestUri!.Host == "auth.test")
            {
                forms.Add(request.Method + " " + request.Content!.ReadAsStringAsync().Result);
            }

            return Bearer(request, "https://auth.test/token", "");
        };

        await _bench.BuildAsync();

        Assert.All(forms, form => Assert.StartsWith("POST grant_type=refresh_token", form, StringComparison.Ordinal));
        Assert.NotEmpty(forms);
    }

    [Fact]
    public async Task Redirection_ToAnotherHost_CarriesNoCredential()
    {
        var target = $"/v2/base/blobs/{Digest.Of(_bench.Base.Config)}";
        AuthenticationHeaderValue? leaked = null;
        var followed = false;
        _bench.Registry.Before = request =>
        {
            if (request.RequestUri!.Host == "storage.test")
            {
                (leaked, followed) = (request.Headers.Authorization, true);
                return new HttpResponseMessage { Content = new ByteArrayContent(_bench.Base.Config) };
            }

            var none = 0;
            return request.Headers.Authorization is null ? Challenge("Basic realm=\"r\"", ref none)
                : request.RequestUri.AbsolutePath == target ? Redirect("https://storage.test/blob?sig=1")
                : null;
        };

        await _bench.BuildAsync();

        Assert.True(followed);
        Assert.Null(leaked);
        Assert.DoesNotContain(_bench.Log.Others, line => line.Contains("sig=1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Redirection_ToHttp_IsNotFollowed()
    {
        _bench.Registry.Before = request =>
            request.RequestUri!.AbsolutePath.Contains("/blobs/", StringComparison.Ordinal) ? Redirect("http://storage.test/blob") : null;

        var error = await Assert.ThrowsAsync<ImageBuildException>(() => _bench.BuildAsync());

        Assert.Contains("http://storage.test", error.Message, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Redirect(string target)
    {
        var answer = FakeRegistry.Status(HttpStatusCode.TemporaryRedirect);
        answer.Headers.Location = new Uri(target);
        return answer;
    }

    private static HttpResponseMessage Challenge(string challenge, ref int count)
    {
        count++;
        var answer = FakeRegistry.Status(HttpStatusCode.Unauthorized);
        answer.Headers.TryAddWithoutValidation("WWW-Authenticate", challenge);
        return answer;
    }

    private HttpResponseMessage? Bearer(HttpRequestMessage request, string realm, string scopes)
    {
        _seen.Add(request);
        var count = 0;
        return request.RequestUri!.Host == "auth.test" ? FakeRegistry.Status(HttpStatusCode.OK, """{"token":"t1"}""")
            : request.Headers.Authorization?.Parameter == "t1" ? null
            : Challenge($"Bearer realm=\"{realm}\",service=\"registry\",scope=\"{scopes}\"", ref count);
    }
}
