using System.Text;
using RunAi.ControlPlane;
using RunAi.Operators;
using RunAi.Secrets;
using RunAi.Tests.Secrets;

namespace RunAi.Tests.ControlPlane;

/// <summary>
/// A session that goes by the token of the Run:ai CLI: it is sent as it is, and asked for again when it has ended or is refused.
/// </summary>
public sealed class GivenTokenTests : IDisposable
{
    private readonly ControlPlaneFixture _f = new(token: false);
    private readonly ControlPlaneClient _client;
    private readonly Queue<string> _tokens = new();
    private int _asked;

    public GivenTokenTests()
    {
        var session = _f.Cache.GetOrAdd(ControlPlaneFixture.BaseUrl, RunAiCli.Identity, RunAiCli.Reference);
        _client = new ControlPlaneClient(session, new ClientCredential(TokenAsync, RunAiCli.Reference), _f.Log);
        _f.Wire.On(ControlPlaneFixture.List, 200, """{"workloads":[]}""");
    }

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task IsSentAsItIs_AndExchangedNowhere()
    {
        _tokens.Enqueue("opaque");

        await _client.ListWorkloadsAsync(new(), default);
        await _client.ListWorkloadsAsync(new(), default);

        Assert.Equal(1, _asked);
        Assert.Equal(["Bearer opaque", "Bearer opaque"], Sent());
        Assert.Empty(_f.Wire.SentTo(ControlPlaneFixture.Token));
        Assert.Equal(TimeSpan.FromMinutes(5), _client.Session.TokenExpiresAt - _f.Clock.GetUtcNow());
    }

    /// <summary>One that the CLI has kept for a while has less left than it was issued for.</summary>
    [Fact]
    public async Task IsAskedForAgain_BeforeItsEnd()
    {
        var start = _f.Clock.GetUtcNow();
        var first = Jwt(start.AddHours(-1), start.AddMinutes(10));
        var second = Jwt(start, start.AddHours(1));
        _tokens.Enqueue(first);
        _tokens.Enqueue(second);

        await _client.ListWorkloadsAsync(new(), default);
        Assert.Equal(start.AddMinutes(10), _client.Session.TokenExpiresAt);
        _f.Clock.SetUtcNow(start.AddSeconds(539));
        await _client.ListWorkloadsAsync(new(), default);
        _f.Clock.SetUtcNow(start.AddSeconds(541));
        await _client.ListWorkloadsAsync(new(), default);

        Assert.Equal([$"Bearer {first}", $"Bearer {first}", $"Bearer {second}"], Sent());
    }

    [Fact]
    public async Task ThatHasEnded_IsAskedForEachTime_AndTheControlPlaneHasTheSay()
    {
        var now = _f.Clock.GetUtcNow();
        _tokens.Enqueue(Jwt(now.AddHours(-2), now.AddHours(-1)));
        _tokens.Enqueue(Jwt(now, now.AddHours(1)));

        await _client.ListWorkloadsAsync(new(), default);
        await _client.ListWorkloadsAsync(new(), default);

        Assert.Equal((2, 2), (_asked, Sent().Distinct().Count()));
    }

    [Fact]
    public async Task ThatIsRefused_IsAskedForAgain_Once()
    {
        _f.Wire.On("GET /api/v1/clusters", 401, """{"code":401,"message":"Issuer is not familiar."}""")
            .On("GET /api/v1/clusters", 200, "[]");
        _tokens.Enqueue("first");
        _tokens.Enqueue("second");

        await _client.ListClustersAsync(default);

        Assert.Equal(["Bearer first", "Bearer second"], _f.Wire.SentTo("GET /api/v1/clusters").Select(request => request.Authorization));
    }

    [Fact]
    public async Task ThatIsRefusedTwice_SaysToSignInAgain()
    {
        _f.Wire.On("GET /api/v1/org-unit/projects", 401, "{}");
        _tokens.Enqueue("canary-first");
        _tokens.Enqueue("canary-second");

        var failure = await Assert.ThrowsAsync<RunAiAuthenticationException>(() => _client.VerifyAsync(default));

        Assert.Contains("sign in again: runai login", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failure.ToString() + string.Join("\n", _f.Log.All), StringComparison.Ordinal);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task OfAStepOperator_NeedsNoClientId_AndNoOtherSecretMayBeIt()
    {
        var stepOperator = new StepOperator
        {
            Name = "gpu",
            RunAiBaseUrl = ControlPlaneFixture.BaseUrl,
            ProjectName = "vision",
            ClientSecret = "{{CLI:runai}}",
        };
        StepOperatorValidation.Check(stepOperator);
        Assert.Equal("runai-cli", stepOperator.ClientId);

        var resolver = new SecretResolver(new FakeVault("kept"), _ => null);
        var connection = await new StepOperatorConnector(_f.Cache, resolver).ConnectAsync(stepOperator, _f.Log, default);
        Assert.Same(_client.Session, connection.Client.Session);
        await Assert.ThrowsAsync<SecretNotFoundException>(() => connection.Client.ConnectAsync(default));

        var failure = await Assert.ThrowsAsync<ConfigurationException>(
            () => resolver.ResolveAsync(SecretReference.Parse(RunAiCli.Reference), SecretIntent.Secret, default));
        Assert.Equal(ErrorIds.InvalidSecretReference, failure.ErrorId);
        Assert.False(SecretReference.TryParse("{{cli:other}}", out _, out _));
    }

    private IEnumerable<string?> Sent() => _f.Wire.SentTo(ControlPlaneFixture.List).Select(request => request.Authorization);

    private Task<SecretText> TokenAsync(CancellationToken ct)
    {
        _asked++;
        return Task.FromResult(new SecretText(_tokens.Dequeue()));
    }

    private static string Jwt(DateTimeOffset from, DateTimeOffset to)
    {
        var claims = $$"""{"iat":{{from.ToUnixTimeSeconds()}},"exp":{{to.ToUnixTimeSeconds()}}}""";
        return $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=')}.c2ln";
    }
}
