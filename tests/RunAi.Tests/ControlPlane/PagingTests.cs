using RunAi.ControlPlane;

namespace RunAi.Tests.ControlPlane;

public sealed class PagingTests : IDisposable
{
    private readonly ControlPlaneFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task All_FollowsNext_AndSortsByCreationUnlessAsked()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, Rows(0, 500, next: 500))
            .On(ControlPlaneFixture.List, 200, Rows(500, 500, next: 1000))
            .On(ControlPlaneFixture.List, 200, Rows(1000, 3));

        var all = await _f.Client.ListAllWorkloadsAsync(new WorkloadQuery { Filters = [Filter.Equal("projectId", "1")] }, default);

        Assert.Equal(1003, all.Count);
        Assert.Equal(
            new[] { 0, 500, 1000 }
                .Select(o => $"GET /api/v1/workloads?offset={o}&limit=500&sortOrder=asc&sortBy=createdAt&filterBy=projectId%3D%3D1"),
            _f.Wire.SentTo(ControlPlaneFixture.List).Select(r => r.ToString()));
    }

    [Fact]
    public async Task All_WithoutNext_GoesOnWhilePagesAreFull()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, Rows(0, 500)).On(ControlPlaneFixture.List, 200, Rows(500, 500))
            .On(ControlPlaneFixture.List, 200, Rows(0, 0));

        var all = await _f.Client.ListAllWorkloadsAsync(new WorkloadQuery { SortBy = "name" }, default);

        Assert.Equal(1000, all.Count);
        Assert.Equal(3, _f.Wire.SentTo(ControlPlaneFixture.List).Count());
        Assert.All(_f.Wire.SentTo(ControlPlaneFixture.List), r => Assert.Contains("sortBy=name", r.Target));
    }

    [Fact]
    public async Task All_ASmallerPageThanAskedFor_WithANext_IsFollowed()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, Rows(0, 100, next: 100)).On(ControlPlaneFixture.List, 200, Rows(100, 20));

        Assert.Equal(120, (await _f.Client.ListAllWorkloadsAsync(new(), default)).Count);
    }

    [Fact]
    public async Task All_ANextThatDoesNotMoveOn_EndsTheList()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, Rows(0, 500, next: 0));

        Assert.Equal(500, (await _f.Client.ListAllWorkloadsAsync(new(), default)).Count);
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.List));
    }

    [Fact]
    public async Task All_AnEmptyPageWithANext_IsWalkedOver()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, Rows(0, 500, next: 500))
            .On(ControlPlaneFixture.List, 200, Rows(0, 0, next: 1000))
            .On(ControlPlaneFixture.List, 200, Rows(0, 0, next: 1500))
            .On(ControlPlaneFixture.List, 200, Rows(1500, 7));

        Assert.Equal(507, (await _f.Client.ListAllWorkloadsAsync(new(), default)).Count);
    }

    [Fact]
    public async Task All_EmptyPagesThatAlwaysNameANext_EndTheList()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, Rows(0, 500, next: 500));
        for (var i = 2; i <= PageWalk.MostEmpty + 5; i++)
        {
            _f.Wire.On(ControlPlaneFixture.List, 200, Rows(0, 0, next: i * 500));
        }

        Assert.Equal(500, (await _f.Client.ListAllWorkloadsAsync(new(), default)).Count);
        Assert.Equal(1 + PageWalk.MostEmpty, _f.Wire.SentTo(ControlPlaneFixture.List).Count());
    }

    [Fact]
    public async Task All_ARowMetTwice_IsTakenOnce()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, Rows(0, 500, next: 500)).On(ControlPlaneFixture.List, 200, Rows(499, 3));

        var all = await _f.Client.ListAllWorkloadsAsync(new(), default);

        Assert.Equal(502, all.Select(w => w.Id).Distinct().Count());
        Assert.Equal(502, all.Count);
    }

    [Fact]
    public async Task All_StopsAtTheMaximum()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, Rows(0, 500, next: 500)).On(ControlPlaneFixture.List, 200, Rows(500, 100, next: 600));

        Assert.Equal(600, (await _f.Client.ListAllWorkloadsAsync(new(), default, max: 600)).Count);
        Assert.EndsWith("offset=500&limit=100&sortOrder=asc&sortBy=createdAt", _f.Wire.Sent.Last().Target);
    }

    [Fact]
    public async Task Events_WithoutIds_AreAllKept()
    {
        _f.Wire.On("GET /api/v1/workloads/x/events", 200,
            """{"events":[{"message":"a","type":"Normal"},null,{"message":"b","type":"Warning","involvedObject":{"kind":"Pod","name":"p"}}],"next":null}""");

        var events = await _f.Client.ListEventsAsync("x", 100, default);

        Assert.Equal(["a", "b"], events.Select(e => e.Message));
        Assert.Equal("Pod", events[1].InvolvedObject!.Kind);
    }

    [Fact]
    public async Task FindWorkloads_AsksForNameAndProject_AndComparesBothHere()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, """
            {"workloads":[{"id":"1","name":"a","projectId":7},{"id":"2","name":"A","projectId":"7"},{"id":"3","name":"a","projectId":"70"}]}
            """);

        var found = await _f.Client.FindWorkloadsAsync("a", "7", default);

        Assert.Equal("1", Assert.Single(found).Id);
        Assert.Contains("filterBy=name%3D%3Da,projectId%3D%3D7", _f.Wire.Sent.Last().Target);
    }

    [Fact]
    public async Task ServerTime_FollowsTheDateOfTheLastAnswer()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, Rows(0, 0), headers: ("Date", "Tue, 01 Jan 2030 00:10:00 GMT"));
        Assert.Equal(_f.Clock.GetUtcNow(), _f.Session.ServerTime);

        await _f.Client.ListWorkloadsAsync(new(), default);
        _f.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 10, 30, 500, TimeSpan.Zero), _f.Session.ServerTime);
    }

    private static string Rows(int from, int count, int? next = null) =>
        $$"""{{{(next is null ? "" : $"\"next\":{next},")}}"workloads":[{{string.Join(",", Enumerable.Range(from, count).Select(i => $$"""{"id":"w{{i}}"}"""))}}]}""";
}
