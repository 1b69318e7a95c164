using RunAi.ControlPlane;

namespace RunAi.Tests.ControlPlane;

public sealed class SessionCacheTests : IDisposable
{
    private readonly ControlPlaneFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Theory]
    [InlineData("https://org.run.ai")]
    [InlineData("https://org.run.ai/")]
    [InlineData(" HTTPS://ORG.run.ai:443/ ")]
    public void GetOrAdd_SpellingsOfOneUrl_ShareASession(string url)
    {
        Assert.Same(_f.Session, _f.Cache.GetOrAdd(url, "step-runner"));
        Assert.Equal("https://org.run.ai", _f.Session.BaseUrl);
    }

    [Theory]
    [InlineData("https://org.run.ai:8443", "step-runner")]
    [InlineData("http://org.run.ai", "step-runner")]
    [InlineData("https://org.run.ai/prefix", "step-runner")]
    [InlineData("https://org.run.ai", "Step-Runner")]
    public void GetOrAdd_AnotherUrlOrClientId_IsAnotherSession(string url, string clientId) =>
        Assert.NotSame(_f.Session, _f.Cache.GetOrAdd(url, clientId));

    [Theory]
    [InlineData("")]
    [InlineData("org.run.ai")]
    [InlineData("ftp://org.run.ai")]
    [InlineData("https://user:canary@org.run.ai")]
    [InlineData("https://org.run.ai?x=1")]
    [InlineData("https://org.run.ai#x")]
    public void GetOrAdd_WhatIsNoBaseUrl_IsRefusedWithoutRepeatingIt(string url)
    {
        var error = Assert.Throws<ConfigurationException>(() => _f.Cache.GetOrAdd(url, "x"));

        Assert.Equal(ErrorIds.InvalidStepOperator, error.ErrorId);
        Assert.DoesNotContain("canary", error.Message);
    }

    [Fact]
    public void GetOrAdd_FromManyThreads_MakesOneSession()
    {
        var sessions = new ControlPlaneSession[64];

        Parallel.For(0, sessions.Length, i => sessions[i] = _f.Cache.GetOrAdd("https://other", "x"));

        Assert.Single(sessions.Distinct());
    }

    [Fact]
    public async Task ListAndRemove_ShowAndEndASession()
    {
        _f.Cache.GetOrAdd("https://a", "b");
        await _f.Client.ConnectAsync(default);
        var snapshot = _f.Session.ToSnapshot();

        Assert.Equal(["https://a b", "https://org.run.ai step-runner"], _f.Cache.List().Select(s => s.ToString()));
        Assert.Equal(("https://org.run.ai", "step-runner"), (snapshot.BaseUrl, snapshot.ClientId));
        Assert.Equal(_f.Clock.GetUtcNow().AddHours(1), snapshot.TokenExpiresAt);
        Assert.True(_f.Cache.Remove("https://ORG.run.ai/", "step-runner"));
        Assert.False(_f.Cache.Remove("https://org.run.ai", "step-runner"));
        Assert.Null(_f.Session.TokenExpiresAt);
        Assert.NotSame(_f.Session, _f.Cache.GetOrAdd(ControlPlaneFixture.BaseUrl, "step-runner"));
    }

    [Fact]
    public void Default_IsOneForTheProcess() => Assert.Same(SessionCache.Default, SessionCache.Default);
}
