using System.Collections;
using System.Net;
using RunAi.ControlPlane;
using RunAi.Rest;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Rest;

public sealed class RestClientTests : IDisposable
{
    private const string List = "GET /api/v1/things";
    private const string Send = "POST /api/v1/things";
    private readonly ControlPlaneFixture _f = new();
    private readonly RestClient _client;

    public RestClientTests() => _client = new RestClient(_f.Client);

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task Each_RowsWithNext_FollowsIt_AlsoOverAnEmptyPage()
    {
        _f.Wire.On(List, 200, """{"next":2,"things":[1,2]}""").On(List, 200, """{"next":4,"things":[]}""").On(
            List, 200, """{"things":[3]}""");

        Assert.Equal("1 2 3", await RowsAsync());
        Assert.Equal(["?offset=0&limit=500", "?offset=2&limit=500", "?offset=4&limit=500"], Queries());
    }

    [Fact]
    public async Task Each_RowsWithPagination_FollowsNextOffset()
    {
        _f.Wire.On(List, 200, """{"entries":[1],"pagination":{"limit":1,"offset":0,"nextOffset":1}}""").On(
            List, 200, """{"entries":[2],"pagination":{"limit":1,"offset":1}}""");

        Assert.Equal("1 2", await RowsAsync());
    }

    [Fact]
    public async Task Each_RowsWithATotal_FollowsNext()
    {
        _f.Wire.On(List, 200, """{"total":3,"next":2,"audit_logs":[1,2]}""").On(List, 200, """{"total":3,"audit_logs":[3]}""");

        Assert.Equal("1 2 3", await RowsAsync());
    }

    [Fact]
    public async Task Each_RowsAlone_GoesOnWhilePagesAreFull()
    {
        _f.Wire.On(List, 200, """{"nodes":[1,2]}""").On(List, 200, """{"nodes":[3,4]}""").On(List, 200, """{"nodes":[]}""");

        Assert.Equal("1 2 3 4", await RowsAsync(("limit", 2), ("sortBy", "name")));
        Assert.Equal(["?sortBy=name&offset=0&limit=2", "?sortBy=name&offset=2&limit=2", "?sortBy=name&offset=4&limit=2"], Queries());
    }

    [Theory]
    [InlineData("""[1,2,3]""")]
    [InlineData("""{"priorities":[1,2,3]}""")]
    public async Task Each_AListWithoutPages_IsReadOnce(string body)
    {
        _f.Wire.On(List, 200, body);

        Assert.Equal("1 2 3", await RowsAsync());
        Assert.Single(_f.Wire.SentTo(List));
    }

    [Theory]
    [InlineData("""[{"id":1},{"id":2}]""")]
    [InlineData("""{"entries":[{"id":1},{"id":2}]}""")]
    public async Task Each_AnEndpointThatKnowsNoPages_IsNotReadForEver(string body)
    {
        _f.Wire.On(List, 200, body);

        Assert.Equal(2, (await PagesAsync(int.MaxValue, ("limit", 2))).Count);
        Assert.Equal(2, _f.Wire.SentTo(List).Count());
    }

    [Theory]
    [InlineData("""{"next":0,"things":[1]}""", 1)]
    [InlineData("""{"next":-1,"things":[1]}""", 1)]
    [InlineData("""{"next":"2","things":[1]}""", 1)]
    public async Task Each_ANextThatLeadsNowhere_EndsTheList(string body, int rows)
    {
        _f.Wire.On(List, 200, body);

        Assert.Equal(rows, (await PagesAsync(int.MaxValue)).Count);
        Assert.Single(_f.Wire.SentTo(List));
    }

    [Fact]
    public async Task Each_TheFirst_AsksForNoMore()
    {
        _f.Wire.On(List, 200, """{"next":3,"things":[1,2,3]}""");

        Assert.Equal(3, (await PagesAsync(3)).Count);
        Assert.Equal(["?offset=0&limit=3"], Queries());
    }

    [Theory]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"a":[],"b":[]}""")]
    [InlineData("5")]
    public async Task Each_OfWhatIsNoList_IsAnError(string body)
    {
        _f.Wire.On(List, 200, body);

        var error = await Assert.ThrowsAsync<RunAiApiException>(() => PagesAsync(9));

        Assert.Contains("Ask without -All", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("HEAD", true)]
    [InlineData("PUT", true)]
    [InlineData("DELETE", true)]
    [InlineData("POST", false)]
    [InlineData("PATCH", false)]
    public async Task Send_WhenTheControlPlaneIsInTrouble_IsRepeatedOnlyWhereThatDoesNoHarm(string method, bool again)
    {
        var route = $"{method} /api/v1/things";
        _f.Wire.On(route, 503, """{"code":503,"message":"Please try again."}""").On(route, 200, """{"id":7}""");
        var sending = _client.SendAsync(Prepare(method), default);

        if (again)
        {
            await _f.Clock.DriveAsync(sending);
            Assert.Equal(2, _f.Wire.SentTo(route).Count());
        }
        else
        {
            var error = await _f.FailsAsync(sending);
            Assert.True(error.MayHaveHappened);
            Assert.Contains("may have been carried out", error.Message, StringComparison.Ordinal);
            Assert.Single(_f.Wire.SentTo(route));
        }
    }

    [Fact]
    public async Task Send_APostThatNeverArrived_IsRepeated()
    {
        _f.Wire.Throws(Send, FakeControlPlane.Refused()).On(Send, 202, """{"ok":true}""");

        var answer = await _f.Clock.DriveAsync(_client.SendAsync(Prepare("POST"), default));

        Assert.Equal([new KeyValuePair<string, object?>("ok", true)], (IEnumerable<KeyValuePair<string, object?>>)answer!);
    }

    [Fact]
    public async Task Send_WithoutABodyInTheAnswer_GivesNothing()
    {
        _f.Wire.On("DELETE /api/v1/things", 204);

        Assert.Null(await _client.SendAsync(Prepare("DELETE"), default));
    }

    [Fact]
    public void Prepare_OfAQuery_WritesEachKindOfValue()
    {
        var request = RestClient.Prepare(
            new RestMethod
            {
                Path = "/api/v1/things",
                Query =
                [
                    new("filterBy", new[] { "name=^a b", "phase!=Failed" }), new("deleted", true), new("limit", 5), new("gone", null),
                    new("start", new DateTimeOffset(2026, 1, 2, 4, 4, 5, TimeSpan.FromHours(1))), new("share", 0.5),
                ],
            },
            new Uri(ControlPlaneFixture.BaseUrl));

        Assert.Equal(
            "?filterBy=name%3D%5Ea%20b,phase%21%3DFailed&deleted=true&limit=5&start=2026-01-02T03%3A04%3A05.000Z&share=0.5", request.Query);
    }

    [Fact]
    public void Prepare_OfABody_WritesPlainValuesAsJson()
    {
        var body = new System.Collections.Specialized.OrderedDictionary
        {
            ["name"] = "a\"b",
            ["count"] = 3,
            ["share"] = 0.25m,
            ["on"] = true,
            ["none"] = null,
            ["list"] = new object?[] { 1L, "x", new Hashtable { ["deep"] = DayOfWeek.Friday } },
            ["at"] = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        };

        Assert.Equal(
            """{"name":"a\"b","count":3,"share":0.25,"on":true,"none":null,"list":[1,"x",{"deep":"Friday"}],"at":"2026-01-02T03:04:05.000Z"}""",
            Prepare("POST", body).Body);
        Assert.Equal("""{"a":"2026-01-02T03:04:05Z"}""", Prepare("POST", """ { "a" : "2026-01-02T03:04:05Z" } """).Body);
    }

    [Fact]
    public void Prepare_OfWhatHasNoFormInJson_IsRefusedBeforeAnythingIsSent()
    {
        var loop = new Hashtable();
        loop["self"] = loop;
        using var secret = new NetworkCredential("", "canary").SecurePassword;

        foreach (var (body, said) in new (object, string)[]
        {
            ("{", "no JSON text"), ("{} {}", "no JSON text"), (loop, "holds itself"), (new Hashtable { ["p"] = secret }, "SecureString"),
            (new Hashtable { ["v"] = new Version(1, 2) }, "System.Version"),
        })
        {
            var error = Assert.Throws<RunAiException>(() => Prepare("POST", body));
            Assert.Equal(ErrorIds.InvalidRestRequest, error.ErrorId);
            Assert.Contains(said, error.Message, StringComparison.Ordinal);
        }

        Assert.Contains("has no body", Assert.Throws<RunAiException>(() => Prepare("GET", "{}")).Message, StringComparison.Ordinal);
        Assert.Contains("no name of a query parameter", Assert.Throws<RunAiException>(() => RestClient.Prepare(
            new RestMethod { Path = "/api/v1/things", Query = [new("a&b", 1)] }, new Uri(ControlPlaneFixture.BaseUrl))).Message,
            StringComparison.Ordinal);
        Assert.Empty(_f.Wire.Sent);
    }

    [Fact]
    public async Task Send_GivesPlainValues_WithTimesAndGreatNumbers()
    {
        _f.Wire.On(List, 200,
            """{"i":9007199254740993,"big":123456789012345678901234567890,"d":1.5,"t":"2026-01-02T03:04:05.25Z","s":"2026-01-02","n":null,"o":{"x":[true]}}""");

        var pairs = ((IEnumerable<KeyValuePair<string, object?>>)(await _client.SendAsync(Prepare("GET"), default))!)
            .ToDictionary(pair => pair.Key, pair => pair.Value);

        Assert.Equal(
            (9007199254740993L, 1.2345678901234568e29, 1.5, "2026-01-02", null),
            (pairs["i"], pairs["big"], pairs["d"], pairs["s"], pairs["n"]));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 250, TimeSpan.Zero), pairs["t"]);
        Assert.Equal(true, ((object?[])((IReadOnlyList<KeyValuePair<string, object?>>)pairs["o"]!)[0].Value!)[0]);
    }

    private static ApiRequest Prepare(string method, object? body = null) => RestClient.Prepare(
        new RestMethod { Method = method, Path = "/api/v1/things", Body = body }, new Uri(ControlPlaneFixture.BaseUrl));

    private async Task<List<object?>> PagesAsync(int most, params (string Name, object? Value)[] query)
    {
        List<object?> rows = [];
        var request = RestClient.Prepare(
            new RestMethod
            {
                Path = "/api/v1/things",
                Query = [.. query.Select(item => new KeyValuePair<string, object?>(item.Name, item.Value))],
            },
            new Uri(ControlPlaneFixture.BaseUrl));
        await _client.EachAsync(
            request,
            most,
            page =>
            {
                rows.AddRange(page);
                return Task.CompletedTask;
            },
            default);
        return rows;
    }

    private async Task<string> RowsAsync(params (string Name, object? Value)[] query) =>
        string.Join(' ', await PagesAsync(int.MaxValue, query));

    private IEnumerable<string> Queries() =>
        _f.Wire.SentTo(List).Select(sentRequest => sentRequest.Target[sentRequest.Target.IndexOf('?', StringComparison.Ordinal)..]);
}
