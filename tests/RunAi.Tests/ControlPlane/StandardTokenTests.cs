namespace RunAi.Tests.ControlPlane;

/// <summary>The OAuth 2 endpoint first, the older one where there is none.</summary>
public sealed class StandardTokenTests : IDisposable
{
    private const string Base = "https://new.run.ai";
    private const string V2 = "POST /api/v2/token";
    private const string Good = """{"access_token":"t2","token_type":"Bearer","expires_in":3600}""";

    private readonly ControlPlaneFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task Token_IsAskedForAtTheStandardEndpointFirst()
    {
        _f.Wire.On(V2, 200, Good).On("GET /api/v1/clusters", 200, "[]");

        await _f.Stranger(Base).ListClustersAsync(default);

        Assert.Equal([V2, "GET /api/v1/clusters"], _f.Wire.Sent.Select(sent => sent.Route));
        var asked = _f.Wire.Sent.First();
        Assert.Equal("application/x-www-form-urlencoded", asked.ContentType);
        Assert.Equal($"grant_type=client_credentials&client_id=step-runner&client_secret={ControlPlaneFixture.Secret}", asked.Body);
        Assert.Equal("Bearer t2", _f.Wire.Sent.Last().Authorization);
    }

    [Theory]
    [InlineData(404, """{"code":404,"message":"not found"}""")]
    [InlineData(405, "")]
    [InlineData(200, "<html>the user interface</html>")]
    [InlineData(401, """{"code":401,"message":"Issuer is not familiar."}""")]
    public async Task Token_OfAnOlderControlPlane_ComesFromTheOlderEndpoint_WhichIsRemembered(int status, string body)
    {
        _f.Wire.On(V2, status, body).On("GET /api/v1/clusters", 200, "[]");
        var client = _f.Stranger(Base);

        await client.ListClustersAsync(default);
        await client.VerifyAsync(default);

        Assert.Single(_f.Wire.SentTo(V2));
        Assert.Equal(2, _f.Wire.SentTo(ControlPlaneFixture.Token).Count());
    }

    [Fact]
    public async Task Token_RefusedByTheStandardEndpoint_IsNotAskedForAtTheOther()
    {
        _f.Wire.On(V2, 401, """{"error":"invalid_client","error_description":"Invalid client or Invalid client credentials"}""");

        var failure = await _f.FailsAsync(_f.Stranger(Base).ConnectAsync(default));

        Assert.Equal(ErrorIds.AuthenticationFailed, failure.ErrorId);
        Assert.Contains("Invalid client credentials", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_f.Wire.SentTo(ControlPlaneFixture.Token));
    }
}
