using RunAi.ControlPlane;
using RunAi.Secrets;

namespace RunAi.Tests.ControlPlane;

public sealed class SessionCacheTests : IDisposable
{
    private const string Secret = ControlPlaneFixture.SecretReference;

    private readonly ControlPlaneFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Theory]
    [InlineData("https://org.run.ai")]
    [InlineData("https://org.run.ai/")]
    [InlineData(" HTTPS://ORG.run.ai:443/ ")]
    public void GetOrAdd_SpellingsOfOneUrl_ShareASession(string url)
    {
        Assert.Same(_f.Session, _f.Cache.GetOrAdd(url, "step-runner", Secret));
        Assert.Same(_f.Session, _f.Cache.Find(url, "step-runner", Secret));
        Assert.Equal("https://org.run.ai", _f.Session.BaseUrl);
    }

    [Theory]
    [InlineData("https://org.run.ai:8443", "step-runner", Secret)]
    [InlineData("http://org.run.ai", "step-runner", Secret)]
    [InlineData("https://org.run.ai/prefix", "step-runner", Secret)]
    [InlineData("https://org.run.ai", "Step-Runner", Secret)]
    [InlineData("https://org.run.ai", "step-runner", "{{runai.old_secret}}")]
    [InlineData("https://org.run.ai", "step-runner", "{{team/runai.client_secret}}")]
    [InlineData("https://org.run.ai", "step-runner", "{{env:RUNAI_CLIENT_SECRET}}")]
    public void GetOrAdd_AnotherUrlClientIdOrSecretReference_IsAnotherSession(string url, string clientId, string secret)
    {
        Assert.Null(_f.Cache.Find(url, clientId, secret));
        Assert.NotSame(_f.Session, _f.Cache.GetOrAdd(url, clientId, secret));
    }

    [Theory]
    [InlineData("")]
    [InlineData("org.run.ai")]
    [InlineData("ftp://org.run.ai")]
    [InlineData("https://user:canary@org.run.ai")]
    [InlineData("https://org.run.ai?x=1")]
    [InlineData("https://org.run.ai#x")]
    public void GetOrAdd_WhatIsNoBaseUrl_IsRefusedWithoutRepeatingIt(string url)
    {
        var error = Assert.Throws<ConfigurationException>(() => _f.Cache.GetOrAdd(url, "x", Secret));

        Assert.Equal(ErrorIds.InvalidStepOperator, error.ErrorId);
        Assert.DoesNotContain("canary", error.Message);
    }

    [Fact]
    public void GetOrAdd_FromManyThreads_MakesOneSession()
    {
        var sessions = new ControlPlaneSession[64];

        Parallel.For(0, sessions.Length, i => sessions[i] = _f.Cache.GetOrAdd("https://other", "x", Secret, "{{runai.client_id}}"));

        Assert.Single(sessions.Distinct());
    }

    [Fact]
    public void Find_ByTheReferenceOfTheClientId_GivesTheSessionItWasLastResolvedTo()
    {
        var first = _f.Cache.GetOrAdd("https://a", "old", Secret, "{{runai.client_id}}");
        Assert.Same(first, _f.Cache.Find("https://a/", "{{runai.client_id}}", Secret));

        var second = _f.Cache.GetOrAdd("https://a", "new", Secret, "{{runai.client_id}}");

        Assert.Same(second, _f.Cache.Find("https://a", "{{runai.client_id}}", Secret));
        Assert.True(_f.Cache.IsOf(second, "{{runai.client_id}}"));
        Assert.False(_f.Cache.IsOf(first, "{{runai.client_id}}"));
        Assert.True(_f.Cache.IsOf(first, "old"));
        Assert.Null(_f.Cache.Find("https://a", "{{runai.client_id}}", "{{other}}"));
        Assert.Null(_f.Cache.Find("https://b", "{{runai.client_id}}", Secret));
    }

    [Fact]
    public async Task ListAndRemove_ShowAndEndOneSession()
    {
        _f.Cache.GetOrAdd("https://a", "b", Secret);
        var other = _f.Cache.GetOrAdd(ControlPlaneFixture.BaseUrl, "step-runner", "{{other}}", "{{runai.client_id}}");
        _f.Cache.GetOrAdd(ControlPlaneFixture.BaseUrl, "step-runner", Secret, "{{runai.client_id}}");
        await _f.Client.ConnectAsync(default);
        var snapshot = _f.Session.ToSnapshot();

        Assert.Equal(
            [
                "https://a b {{runai.client_secret}}", "https://org.run.ai step-runner {{other}}",
                "https://org.run.ai step-runner {{runai.client_secret}}",
            ],
            _f.Cache.List().Select(s => s.ToString()));
        Assert.Equal(("https://org.run.ai", "step-runner", Secret), (snapshot.BaseUrl, snapshot.ClientId, snapshot.ClientSecret));
        Assert.Equal(_f.Clock.GetUtcNow().AddHours(1), snapshot.TokenExpiresAt);
        Assert.True(_f.Cache.Remove(_f.Session));
        Assert.False(_f.Cache.Remove(_f.Session));
        Assert.Null(_f.Session.TokenExpiresAt);
        Assert.Null(_f.Cache.Find(ControlPlaneFixture.BaseUrl, "{{runai.client_id}}", Secret));
        Assert.Same(other, _f.Cache.Find(ControlPlaneFixture.BaseUrl, "{{runai.client_id}}", "{{other}}"));
        Assert.NotSame(_f.Session, _f.Cache.GetOrAdd(ControlPlaneFixture.BaseUrl, "step-runner", Secret));
    }

    [Fact]
    public async Task Renew_ForgetsTheTokensOfThatSecretAlone()
    {
        var other = new ControlPlaneClient(
            _f.Cache.GetOrAdd(ControlPlaneFixture.BaseUrl, "step-runner", "{{other}}"),
            new ClientCredential(_ => Task.FromResult(new SecretText("other")), "{{other}}"), _f.Log);
        await _f.Client.ConnectAsync(default);
        await other.ConnectAsync(default);

        _f.Cache.Renew(Secret);

        Assert.Equal((false, true), (_f.Session.IsConnected, other.Session.IsConnected));
        _f.VaultSecret = "stored-anew";
        await _f.Client.ConnectAsync(default);
        Assert.Contains("\"stored-anew\"", _f.Wire.SentTo(ControlPlaneFixture.Token).Last().Body);
    }

    [Fact]
    public void Default_IsOneForTheProcess() => Assert.Same(SessionCache.Default, SessionCache.Default);
}
