using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Tests.Contract;

namespace RunAi.Emulator.Tests;

public class ApiVersionTests
{
    [Theory]
    [InlineData("2.20", 200, 204)]
    [InlineData("2.21", 202, 202)]
    [InlineData("2.24", 202, 202)]
    [InlineData("3.0", 202, 202)]
    public async Task CreationAndDeletion_AreAcceptedFrom221On(string version, int created, int deleted)
    {
        await using var emulator = await StartAsync(version);
        Authorize(emulator);

        var answer = await emulator.Bare.PostAsJsonAsync("/api/v1/workloads/trainings", TestEmulator.Training("one"));
        var id = (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["workloadId"]!;

        Assert.Equal(created, (int)answer.StatusCode);
        Assert.Equal(deleted, (int)(await emulator.Bare.DeleteAsync($"/api/v1/workloads/trainings/{id}")).StatusCode);
    }

    [Theory]
    [InlineData("2.23", HttpStatusCode.NotFound)]
    [InlineData("2.24", HttpStatusCode.OK)]
    [InlineData("3.0", HttpStatusCode.OK)]
    public async Task StandardToken_IsThereFrom224On(string version, HttpStatusCode expected)
    {
        await using var emulator = await StartAsync(version);

        var answer = await StandardAsync(
            emulator, ("grant_type", "client_credentials"), ("client_id", emulator.Host.Line.ClientId),
            ("client_secret", emulator.Host.Line.ClientSecret));

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("2.24", "Stopping")]
    [InlineData("2.25", "Suspending")]
    [InlineData("3.0", "Suspending")]
    public async Task Stopping_IsCalledSuspendingFrom225On(string version, string phase)
    {
        await using var emulator = await StartAsync(version);
        Authorize(emulator);
        var created = await emulator.Bare.PostAsJsonAsync("/api/v1/workloads/trainings", TestEmulator.Training("one"));
        var id = (string)(await created.Content.ReadFromJsonAsync<JsonObject>())!["workloadId"]!;
        await emulator.AdvanceAsync(2);
        await emulator.Bare.PostAsync($"/api/v1/workloads/trainings/{id}/suspend", null);

        var row = (await emulator.Bare.GetFromJsonAsync<JsonNode>($"/api/v1/workloads?filterBy=phase=={phase}"))!["workloads"]![0]!;

        Assert.Equal(phase, (string)row["phase"]!);
        Assert.Equal(version != "2.24", row["endpoints"] is JsonArray);
    }

    [Fact]
    public async Task BlockedField_UntilVersion224_IsNoRule()
    {
        await using var emulator = await StartAsync("2.24");

        Assert.Equal(HttpStatusCode.BadRequest, (await BlockPriorityAsync(emulator)).StatusCode);
    }

    [Theory]
    [InlineData("2.25")]
    [InlineData("3.0")]
    public async Task BlockedField_From225On_IsRefusedInASubmission(string version)
    {
        await using var emulator = await StartAsync(version);
        Assert.Equal(HttpStatusCode.OK, (await BlockPriorityAsync(emulator)).StatusCode);

        var refused = await emulator.Bare.PostAsJsonAsync(
            "/api/v1/workloads/trainings", TestEmulator.Training("one", """{"priorityClass":"low"}"""));
        var accepted = await emulator.Bare.PostAsJsonAsync("/api/v1/workloads/trainings", TestEmulator.Training("two"));

        var issue = (await refused.Content.ReadFromJsonAsync<JsonNode>())!["complianceIssues"]![0]!;
        Assert.Equal(("priorityClass", "blocked"), ((string)issue["field"]!, (string)issue["rule"]!));
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
    }

    [Theory]
    [InlineData("2.19")]
    [InlineData("3")]
    [InlineData("latest")]
    public void AnotherVersion_IsRefused(string version)
    {
        var refusal = Assert.Throws<OptionException>(() => OptionParser.Parse(["--api-version", version]));

        Assert.Contains(version, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"grantType":"client_credentials","clientID":"ID","clientSecret":"SECRET"}""")]
    [InlineData("""{"grantType":"app_token","AppId":"ID","AppSecret":"SECRET"}""")]
    [InlineData("""{"grantType":"password","username":"ID","password":"SECRET"}""")]
    [InlineData("""{"grantType":"exchange_token","code":"SECRET"}""")]
    [InlineData("""{"grantType":"external_token_exchange","externalToken":"SECRET"}""")]
    public async Task EveryGrantOfTheDocument_GivesATokenAndOneToRefreshItWith(string body)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var filled = body.Replace("ID\"", emulator.Host.Line.ClientId + "\"", StringComparison.Ordinal)
            .Replace($"client{emulator.Host.Line.ClientId}\"", "clientID\"", StringComparison.Ordinal)
            .Replace("SECRET", emulator.Host.Line.ClientSecret, StringComparison.Ordinal);

        var first = await TokenAsync(emulator, filled);
        var second = await TokenAsync(emulator, $$"""{"grantType":"refresh_token","refreshToken":"{{first["refreshToken"]}}"}""");

        emulator.Bare.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)second["accessToken"]!);
        Assert.Equal(HttpStatusCode.OK, (await emulator.Bare.GetAsync("/api/v1/workloads")).StatusCode);
        emulator.Bare.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)second["refreshToken"]!);
        Assert.Equal(HttpStatusCode.Unauthorized, (await emulator.Bare.GetAsync("/api/v1/workloads")).StatusCode);
    }

    [Theory]
    [InlineData("client_credentials", "wrong", 401, "invalid_client")]
    [InlineData("nonsense", "wrong", 400, "unsupported_grant_type")]
    public async Task StandardToken_WithAnythingElse_IsRefusedAsOAuth2Does(string grant, string secret, int status, string error)
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        var answer = await StandardAsync(
            emulator, ("grant_type", grant), ("client_id", emulator.Host.Line.ClientId), ("client_secret", secret));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(error, (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]!);
    }

    [SkippableFact]
    public async Task EveryOtherList_IsEmptyAsTheDocumentHasIt()
    {
        ContractDocument.Need();
        await using var emulator = await TestEmulator.SimulateAsync();

        // The document requires a field of the audit log that it does not have.
        foreach (var path in Api.EmptyListEndpoints.Paths.Where(path => path != "/api/v1/audit/log"))
        {
            await emulator.GetAsync(
                System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", "497f6eca-6276-4993-bfeb-53cbbbba6f08"));
        }

        Assert.Equal(3, (await emulator.GetAsync($"/api/v1/clusters/{TestEmulator.Cluster}/nodes"))["nodes"]!.AsArray().Count);
    }

    private static Task<TestEmulator> StartAsync(string version) => TestEmulator.StartAsync(
        null,
        new EmulatorOptions { Executor = ExecutorKind.Simulate, ApiVersion = ApiVersion.Parse(version)! },
        new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));

    private static Task<HttpResponseMessage> BlockPriorityAsync(TestEmulator emulator)
    {
        Authorize(emulator);
        return emulator.Bare.PutAsync("/api/v2/policy/trainings", new StringContent(
            """{"meta":{"scope":"project","projectId":1,"name":"p"},"policy":{"rules":{"priorityClass":{"blocked":true}}}}"""));
    }

    private static void Authorize(TestEmulator emulator) =>
        emulator.Bare.DefaultRequestHeaders.Authorization = emulator.Client.DefaultRequestHeaders.Authorization;

    private static async Task<JsonObject> TokenAsync(TestEmulator emulator, string body)
    {
        var answer = await emulator.Bare.PostAsync("/api/v1/token", new StringContent(body));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static async Task<HttpResponseMessage> StandardAsync(TestEmulator emulator, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await emulator.Bare.PostAsync("/api/v2/token", form);
    }
}
