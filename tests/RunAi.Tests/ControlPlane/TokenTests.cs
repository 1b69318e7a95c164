using System.Text;

namespace RunAi.Tests.ControlPlane;

public sealed class TokenTests : IDisposable
{
    private readonly ControlPlaneFixture _f = new(token: false);

    public TokenTests() => _f.Wire.On("GET /api/v1/clusters", 200, "[]").On(ControlPlaneFixture.List, 200, """{"workloads":[]}""");

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task HundredCallersAtOnce_GetOneToken()
    {
        var gate = new TaskCompletionSource();
        _f.Wire.On(ControlPlaneFixture.Token, async _ =>
        {
            await gate.Task;
            return FakeControlPlane.Answer(200, """{"accessToken":"t","expiresIn":3600}""");
        });

        var calls = Enumerable.Range(0, 100).Select(_ => _f.NewClient().ListWorkloadsAsync(new(), default)).ToArray();
        gate.SetResult();
        await Task.WhenAll(calls);

        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.Token));
        Assert.Equal(100, _f.Wire.SentTo(ControlPlaneFixture.List).Count());
    }

    [Fact]
    public async Task HundredCallersAtOnce_ShareOneRefusal()
    {
        var gate = new TaskCompletionSource();
        _f.Wire.On(ControlPlaneFixture.Token, async _ =>
        {
            await gate.Task;
            return FakeControlPlane.Answer(401, "{}");
        });

        var calls = Enumerable.Range(0, 100).Select(_ => _f.NewClient().ListWorkloadsAsync(new(), default)).ToArray();
        gate.SetResult();
        foreach (var call in calls)
        {
            await Assert.ThrowsAsync<RunAiAuthenticationException>(() => call);
        }

        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.Token));
        await Assert.ThrowsAsync<RunAiAuthenticationException>(() => _f.Client.ConnectAsync(default));
        Assert.Equal(2, _f.Wire.SentTo(ControlPlaneFixture.Token).Count());
    }

    [Fact]
    public async Task CancellingTheCallerThatRefreshes_LeavesTheOthersUnharmed()
    {
        using var stop = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        _f.Wire.On(ControlPlaneFixture.Token, async ct =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
            throw new InvalidOperationException("unreachable");
        });
        _f.Wire.On(ControlPlaneFixture.Token, 200, """{"accessToken":"t","expiresIn":3600}""");
        var first = _f.NewClient().ListWorkloadsAsync(new(), stop.Token);
        await asked.Task;
        var second = _f.NewClient().ListWorkloadsAsync(new(), default);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Empty((await second).Items);
        Assert.Equal(2, _f.Wire.SentTo(ControlPlaneFixture.Token).Count());
    }

    [Theory]
    [InlineData(3600, 3539, 3541)]
    [InlineData(100, 79, 81)]
    public async Task Token_IsRenewedBeforeItEnds(int lifetime, int stillGood, int renewed)
    {
        _f.Wire.On(ControlPlaneFixture.Token, 200, $$"""{"accessToken":"t1","expiresIn":{{lifetime}}}""")
            .On(ControlPlaneFixture.Token, 200, $$"""{"accessToken":"t2","expiresIn":{{lifetime}}}""");
        var start = _f.Clock.GetUtcNow();

        await _f.Client.ListWorkloadsAsync(new(), default);
        Assert.Equal(start.AddSeconds(lifetime), _f.Session.TokenExpiresAt);
        _f.Clock.SetUtcNow(start.AddSeconds(stillGood));
        await _f.Client.ListWorkloadsAsync(new(), default);
        _f.Clock.SetUtcNow(start.AddSeconds(renewed));
        await _f.Client.ListWorkloadsAsync(new(), default);

        Assert.Equal(["Bearer t1", "Bearer t1", "Bearer t2"], _f.Wire.SentTo(ControlPlaneFixture.List).Select(r => r.Authorization));
        Assert.Equal(start, _f.Session.ConnectedAt);
    }

    [Theory]
    [InlineData("""{"accessToken":"TOKEN"}""", """{"iat":1000,"exp":1900}""", 900)]
    [InlineData("""{"accessToken":"TOKEN"}""", """{"exp":1893456600}""", 600)]
    [InlineData("""{"accessToken":"TOKEN","expiresIn":null}""", """{"iat":1000,"exp":1900}""", 900)]
    [InlineData("""{"accessToken":"TOKEN","expiresIn":"1200"}""", """{"iat":1000,"exp":1900}""", 1200)]
    [InlineData("""{"accessToken":"TOKEN","expiresIn":0}""", """{"sub":"x"}""", 300)]
    [InlineData("""{"accessToken":"TOKEN"}""", "not json", 300)]
    [InlineData("""{"accessToken":"opaque"}""", "", 300)]
    [InlineData("""{"accessToken":"a.b%%.c"}""", "", 300)]
    public async Task Lifetime_ComesFromExpiresInThenTheJwtThenFiveMinutes(string body, string claims, int expected)
    {
        var jwt = "eyJhbGciOiJSUzI1NiJ9."
            + Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_') + ".c2ln";
        _f.Wire.On(ControlPlaneFixture.Token, 200, body.Replace("TOKEN", jwt, StringComparison.Ordinal));

        await _f.Client.ConnectAsync(default);

        Assert.Equal(TimeSpan.FromSeconds(expected), _f.Session.TokenExpiresAt - _f.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Unauthorized_OnARead_RenewsTheTokenOnce()
    {
        _f.Wire.On(ControlPlaneFixture.Token, 200, """{"accessToken":"t1","expiresIn":3600}""")
            .On(ControlPlaneFixture.Token, 200, """{"accessToken":"t2","expiresIn":3600}""")
            .On("GET /api/v1/workloads/x", 401, """{"code":401,"message":"Issuer is not familiar."}""")
            .On("GET /api/v1/workloads/x", 200, """{"id":"x"}""");

        await _f.Client.GetWorkloadAsync("x", default);

        Assert.Equal(["Bearer t1", "Bearer t2"], _f.Wire.SentTo("GET /api/v1/workloads/x").Select(r => r.Authorization));
    }

    [Fact]
    public async Task Unauthorized_Twice_IsAnAuthenticationFailure()
    {
        _f.Wire.On(ControlPlaneFixture.Token, 200, """{"accessToken":"t","expiresIn":3600}""")
            .On("GET /api/v1/workloads/x", 401, """{"code":401,"message":"Issuer is not familiar."}""");

        var error = await Assert.ThrowsAsync<RunAiAuthenticationException>(() => _f.Client.GetWorkloadAsync("x", default));

        Assert.Equal((ErrorIds.AuthenticationFailed, 401), (error.ErrorId, error.StatusCode));
        Assert.Contains("Issuer is not familiar.", error.Message);
        Assert.Equal(2, _f.Wire.SentTo("GET /api/v1/workloads/x").Count());
        Assert.Equal(2, _f.Wire.SentTo(ControlPlaneFixture.Token).Count());
    }

    [Theory]
    [InlineData(400, """{"code":400,"message":"bad credentials"}""", "bad credentials")]
    [InlineData(401, """{"error":"invalid_client","error_description":"Invalid client secret"}""", "Invalid client secret")]
    [InlineData(401, """{"error":"invalid_client"}""", "invalid_client")]
    [InlineData(401, "", "401")]
    public async Task RefusedSecret_NamesUrlClientIdAndWhereTheSecretIsKept(int status, string body, string said)
    {
        _f.Wire.On(ControlPlaneFixture.Token, status, body);

        var error = await Assert.ThrowsAsync<RunAiAuthenticationException>(() => _f.Client.ConnectAsync(default));

        Assert.Equal(status, error.StatusCode);
        Assert.Contains(ControlPlaneFixture.BaseUrl, error.Message);
        Assert.Contains("'step-runner'", error.Message);
        Assert.Contains("{{runai.client_secret}}", error.Message);
        Assert.Contains(said, error.Message);
        Assert.DoesNotContain(ControlPlaneFixture.Secret, error.ToString());
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.Token));
    }

    [Fact]
    public async Task RotatedSecret_IsReadAfreshOnce()
    {
        _f.Wire.On(ControlPlaneFixture.Token, 200, """{"accessToken":"t1","expiresIn":100}""")
            .On(ControlPlaneFixture.Token, 401)
            .On(ControlPlaneFixture.Token, 200, """{"accessToken":"t2","expiresIn":100}""");
        await _f.Client.ConnectAsync(default);
        Assert.Equal(1, _f.VaultReads);
        _f.VaultSecret = "rotated";
        _f.Clock.Advance(TimeSpan.FromSeconds(100));

        await _f.Client.ConnectAsync(default);

        Assert.Equal(2, _f.VaultReads);
        var bodies = _f.Wire.SentTo(ControlPlaneFixture.Token).Select(r => r.Body).ToArray();
        Assert.Contains(ControlPlaneFixture.Secret, bodies[1]);
        Assert.Contains("\"rotated\"", bodies[2]);
    }

    [Fact]
    public async Task RememberedSecret_ThatTheVaultStillHas_IsNotSentTwice()
    {
        _f.Wire.On(ControlPlaneFixture.Token, 200, """{"accessToken":"t1","expiresIn":100}""").On(ControlPlaneFixture.Token, 401);
        await _f.Client.ConnectAsync(default);
        _f.Clock.Advance(TimeSpan.FromSeconds(100));

        await Assert.ThrowsAsync<RunAiAuthenticationException>(() => _f.Client.ConnectAsync(default));

        Assert.Equal(2, _f.VaultReads);
        Assert.Equal(2, _f.Wire.SentTo(ControlPlaneFixture.Token).Count());
    }

    [Fact]
    public async Task TokenRequest_IsRepeatedOnTransientTrouble()
    {
        _f.Wire.On(ControlPlaneFixture.Token, 503).Throws(ControlPlaneFixture.Token, FakeControlPlane.Reset())
            .On(ControlPlaneFixture.Token, 200, """{"accessToken":"t","expiresIn":100}""");

        await _f.Clock.DriveAsync(_f.Client.ConnectAsync(default));

        Assert.Equal(3, _f.Wire.SentTo(ControlPlaneFixture.Token).Count());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"accessToken":""}""")]
    [InlineData("""{"accessToken":17}""")]
    [InlineData("""{"accessToken":"canary-access-token-71ab\r\nX-Evil: 1"}""")]
    public async Task AnswerWithoutAUsableToken_IsAnApiErrorThatDoesNotRepeatIt(string body)
    {
        _f.Wire.On(ControlPlaneFixture.Token, 200, body);

        var error = await _f.FailsAsync(_f.Client.ConnectAsync(default));

        Assert.Equal(ErrorIds.ApiError, error.ErrorId);
        Assert.Contains("accessToken", error.Message);
        Assert.DoesNotContain(ControlPlaneFixture.Bearer, error.ToString());
    }
}
