using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.Tests;

public class TokenTests
{
    private static readonly Seed ShortLived = SmallWorld.Create() with
    {
        TokenLifetimeSeconds = 100,
        Credentials = new() { ClientId = "me", ClientSecret = "from the seed" },
    };

    [Fact]
    public async Task Token_WithTheRightSecret_IsAJwtWithItsExpiry()
    {
        await using var emulator = await TestEmulator.SimulateAsync(ShortLived);

        var answer = await emulator.Client.PostAsJsonAsync("/api/v1/token", new
        {
            grantType = "client_credentials",
            clientID = "me",
            clientSecret = "from the seed",
        });

        var body = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        Assert.Equal(100, (int)body["expiresIn"]!);
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(((string)body["accessToken"]!).Split('.')[1]))!;
        Assert.Equal(100, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.Equal(emulator.Host.ControlPlane.Clock.GetUtcNow().ToUnixTimeSeconds(), (long)claims["iat"]!);
    }

    [Theory]
    [InlineData("""{"grantType":"client_credentials","clientID":"me","clientSecret":"wrong"}""")]
    [InlineData("""{"grantType":"client_credentials","clientID":"you","clientSecret":"from the seed"}""")]
    [InlineData("""{"grantType":"client_credentials","clientID":"me"}""")]
    [InlineData("""{"grantType":"password","clientID":"me","clientSecret":"from the seed"}""")]
    [InlineData("""{"clientID":"me","clientSecret":7}""")]
    [InlineData("[]")]
    [InlineData("no json")]
    public async Task Token_WithAnythingElse_IsABadRequestThatNamesNoSecret(string body)
    {
        await using var emulator = await TestEmulator.SimulateAsync(ShortLived);

        var answer = await emulator.Client.PostAsync("/api/v1/token", new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("from the seed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJleHAiOjk5OTk5OTk5OTl9.")]
    public async Task Api_WithoutAValidToken_IsUnauthorized(string? token)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        emulator.Client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        var answer = await emulator.Client.GetAsync("/api/v1/workloads");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Api_OnceTheTokenHasExpired_IsUnauthorizedUntilANewOne()
    {
        await using var emulator = await TestEmulator.SimulateAsync(ShortLived);
        await emulator.AdvanceAsync(99);
        Assert.Equal(HttpStatusCode.OK, (await emulator.Client.GetAsync("/api/v1/workloads")).StatusCode);

        await emulator.AdvanceAsync(1);

        Assert.Equal(HttpStatusCode.Unauthorized, (await emulator.Client.GetAsync("/api/v1/workloads")).StatusCode);
        emulator.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await emulator.TokenAsync());
        Assert.Equal(HttpStatusCode.OK, (await emulator.Client.GetAsync("/api/v1/workloads")).StatusCode);
    }

    [Fact]
    public async Task RequestLog_OfTokensAndCreates_KeepsBodiesOfCreatesOnly()
    {
        await using var emulator = await TestEmulator.SimulateAsync(ShortLived);
        await emulator.SubmitAsync("one");

        var log = (JsonArray)(await emulator.Bare.GetFromJsonAsync<JsonNode>("/emulator/requests"))!;

        Assert.Equal(["POST /api/v1/token 200", "POST /api/v1/workloads/trainings 202"],
            log.Select(record => $"{record!["method"]} {record["path"]} {record["status"]}"));
        Assert.Null(log[0]!["body"]);
        Assert.Equal("one", (string?)log[1]!["body"]!["name"]);
        Assert.DoesNotContain("from the seed", log.ToJsonString(), StringComparison.Ordinal);
    }
}
