using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Tests;

public class FaultTests
{
    private const string Create = "/api/v1/workloads/trainings";

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task Status_BeforeOrAfterTheEffect_DecidesWhetherTheWorkloadExists(string when, int workloads)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await emulator.AddFaultAsync(new { method = "POST", path = Create, kind = "status", status = 503, when, count = 1 });

        var answer = await emulator.Client.PostAsJsonAsync(Create, TestEmulator.Training("one"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(workloads, await CountAsync(emulator));
        Assert.Equal(HttpStatusCode.Accepted, (await emulator.Client.PostAsJsonAsync(Create, TestEmulator.Training("two"))).StatusCode);
    }

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task Drop_BeforeOrAfterTheEffect_DecidesWhetherTheWorkloadExists(string when, int workloads)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await emulator.AddFaultAsync(new { method = "POST", path = Create, kind = "drop", when, count = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Client.PostAsJsonAsync(Create, TestEmulator.Training("one")));

        Assert.Equal(workloads, await CountAsync(emulator));
    }

    [Fact]
    public async Task TooManyRequests_WithRetryAfter_SaysSecondsOrADate()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        Authorize(emulator);
        await emulator.AddFaultAsync(new[]
        {
            new { kind = "status", status = 429, retryAfterSeconds = 7, retryAfterAsDate = false, count = 1 },
        });
        var seconds = await emulator.Bare.GetAsync("/api/v1/workloads");
        await emulator.AddFaultAsync(new { kind = "status", status = 429, retryAfterSeconds = 7, retryAfterAsDate = true, count = 1 });
        var date = await emulator.Bare.GetAsync("/api/v1/workloads");

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(7)), (seconds.StatusCode, seconds.Headers.RetryAfter!.Delta));
        Assert.Equal(date.Headers.Date + TimeSpan.FromSeconds(7), date.Headers.RetryAfter!.Date);
    }

    [Fact]
    public async Task ExpiredToken_OfAFault_IsUnauthorized()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await emulator.AddFaultAsync(new { kind = "expiredToken", count = 1 });

        Assert.Equal(HttpStatusCode.Unauthorized, (await emulator.Client.GetAsync("/api/v1/workloads")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await emulator.Client.GetAsync("/api/v1/workloads")).StatusCode);
    }

    [Fact]
    public async Task Malformed_Body_IsNoJson()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        Authorize(emulator);
        await emulator.AddFaultAsync(new { kind = "malformed" });

        var answer = await emulator.Bare.GetAsync("/api/v1/workloads");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.ThrowsAny<JsonException>(() => JsonNode.Parse(text));
    }

    [Fact]
    public async Task Truncated_Body_EndsBeforeItsLength()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        Authorize(emulator);
        await emulator.AddFaultAsync(new { kind = "truncated" });

        using var answer = await emulator.Bare.GetAsync("/api/v1/clusters", HttpCompletionOption.ResponseHeadersRead);

        Assert.True(answer.Content.Headers.ContentLength > 10);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Html_OfAGateway_Is502()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        Authorize(emulator);
        await emulator.AddFaultAsync(new { kind = "html" });

        var answer = await emulator.Bare.GetAsync("/api/v1/workloads");

        Assert.Equal((HttpStatusCode.BadGateway, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("502 Bad Gateway", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task Empty_Body_HasNothingInIt(string when, int workloads)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        Authorize(emulator);
        await emulator.AddFaultAsync(new { method = "POST", kind = "empty", when });

        var answer = await emulator.Bare.PostAsJsonAsync(Create, TestEmulator.Training("one"));

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("", await answer.Content.ReadAsStringAsync());
        Assert.Equal(workloads, await CountAsync(emulator));
    }

    [Fact]
    public async Task ClockSkew_ShiftsTimesOfAnswersAndOfFiltersAlike()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await emulator.SubmitAsync("one");
        await emulator.AddFaultAsync(new { kind = "clockSkew", seconds = 600 });

        var answer = await emulator.Client.GetAsync("/api/v1/workloads");

        var created = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["workloads"]![0]!["createdAt"]!;
        Assert.Equal("2026-01-02T03:14:05.000Z", created);
        Assert.Equal(DateTimeOffset.Parse(created, CultureInfo.InvariantCulture), answer.Headers.Date);
        foreach (var (op, expected) in new[] { ("==", 1), (">=", 1), ("!=", 0) })
        {
            var filter = Uri.EscapeDataString($"createdAt{op}{created}");
            Assert.Equal(expected, (int)(await emulator.GetAsync($"/api/v1/workloads/count?filterBy={filter}"))["count"]!);
        }
    }

    [Fact]
    public async Task Latency_OfAFault_IsWaited()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await emulator.AddFaultAsync(new { kind = "latency", milliseconds = 300 });
        var watch = Stopwatch.StartNew();

        await emulator.GetAsync("/api/v1/workloads");

        Assert.True(watch.ElapsedMilliseconds >= 290, $"{watch.ElapsedMilliseconds} ms");
    }

    [Theory]
    [InlineData("before", 0)]
    [InlineData("after", 1)]
    public async Task Latency_BeforeOrAfterTheEffect_DecidesWhetherAnAbandonedRequestHasOne(string when, int workloads)
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await emulator.AddFaultAsync(new { method = "POST", path = Create, kind = "latency", milliseconds = 60_000, when });
        using var abandoned = new CancellationTokenSource();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        var request = emulator.Client.PostAsJsonAsync(Create, TestEmulator.Training("one"), abandoned.Token);
        while (await HitsAsync(emulator) == 0 || await CountAsync(emulator) != workloads)
        {
            deadline.Token.ThrowIfCancellationRequested();
        }

        await abandoned.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);

        Assert.Equal(workloads, await CountAsync(emulator));
    }

    [Fact]
    public async Task Rules_ByMethodPathAndCount_StrikeOnlyWhatTheySay()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        var id = await emulator.SubmitAsync("one");
        await emulator.AddFaultAsync(new { method = "get", path = "/api/v1/workloads/*", kind = "status", status = 500, count = 2 });

        Assert.Equal(HttpStatusCode.OK, (await emulator.Client.GetAsync("/api/v1/workloads")).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await emulator.Client.GetAsync($"/api/v1/workloads/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await emulator.Client.GetAsync($"/api/v1/workloads/{id}/events")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await emulator.Client.GetAsync($"/api/v1/workloads/{id}")).StatusCode);
        var rule = Assert.Single((JsonArray)(await emulator.Bare.GetFromJsonAsync<JsonNode>("/emulator/faults"))!)!;
        Assert.Equal(2, (int)rule["hits"]!);
        var struck = ((JsonArray)(await emulator.Bare.GetFromJsonAsync<JsonNode>("/emulator/requests"))!)
            .Where(r => r!["fault"] is not null);
        Assert.Equal([500, 500], struck.Select(record => (int)record!["status"]!));
    }

    [Fact]
    public async Task Probability_OfARule_StrikesSomeRequests()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await emulator.AddFaultAsync(new { kind = "status", status = 503, probability = 0.5 });

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 60; i++)
        {
            statuses.Add((await emulator.Client.GetAsync("/api/v1/workloads")).StatusCode);
        }

        Assert.InRange(statuses.Count(status => status == HttpStatusCode.OK), 10, 50);
    }

    [Fact]
    public async Task Delete_OfFaults_ClearsThem()
    {
        await using var emulator = await TestEmulator.SimulateAsync();
        await emulator.AddFaultAsync(new { kind = "status" });

        Assert.Equal(HttpStatusCode.NoContent, (await emulator.Bare.DeleteAsync("/emulator/faults")).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await emulator.Client.GetAsync("/api/v1/workloads")).StatusCode);
    }

    [Theory]
    [InlineData("""{"kind":"explode"}""")]
    [InlineData("""{"path":"*"}""")]
    [InlineData("""{"kind":"status","status":200}""")]
    [InlineData("""{"kind":"status","probability":2}""")]
    [InlineData("""{"kind":"status","times":2}""")]
    public async Task Rule_ThatMakesNoSense_IsRefused(string rule)
    {
        await using var emulator = await TestEmulator.SimulateAsync();

        var answer = await emulator.Bare.PostAsync("/emulator/faults", new StringContent(rule));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static void Authorize(TestEmulator emulator) =>
        emulator.Bare.DefaultRequestHeaders.Authorization = emulator.Client.DefaultRequestHeaders.Authorization;

    private static async Task<int> HitsAsync(TestEmulator emulator) =>
        ((JsonArray)(await emulator.Bare.GetFromJsonAsync<JsonNode>("/emulator/faults"))!).Sum(rule => (int)rule!["hits"]!);

    private static async Task<int> CountAsync(TestEmulator emulator) =>
        (int)(await emulator.GetAsync("/api/v1/workloads/count"))["count"]!;
}
