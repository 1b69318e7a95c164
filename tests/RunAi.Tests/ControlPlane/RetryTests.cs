namespace RunAi.Tests.ControlPlane;

public sealed class RetryTests : IDisposable
{
    private const string Id = "71f69d83-ba66-4822-adf5-55ce55efd210";
    private const string Ok = """{"workloads":[]}""";
    private readonly ControlPlaneFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Read_TransientStatus_IsRepeated(int status)
    {
        _f.Wire.On(ControlPlaneFixture.List, status).On(ControlPlaneFixture.List, status).On(ControlPlaneFixture.List, 200, Ok);

        await _f.Clock.DriveAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal(3, _f.Wire.SentTo(ControlPlaneFixture.List).Count());
        Assert.Equal(2, _f.Clock.Waits.Count);
        Assert.Contains("GET /api/v1/workloads " + status + " 0 ms", _f.Log.VerboseLines);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(409)]
    [InlineData(501)]
    public async Task Read_LastingStatus_IsNotRepeated(int status)
    {
        _f.Wire.On(ControlPlaneFixture.List, status);

        var error = await _f.FailsAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal(status, error.StatusCode);
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.List));
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("reset")]
    [InlineData("body")]
    public async Task Read_BrokenConnection_IsRepeated(string kind)
    {
        _ = kind switch
        {
            "refused" => _f.Wire.Throws(ControlPlaneFixture.List, FakeControlPlane.Refused()),
            "reset" => _f.Wire.Throws(ControlPlaneFixture.List, FakeControlPlane.Reset()),
            _ => _f.Wire.On(ControlPlaneFixture.List, _ => Task.FromResult(
                new HttpResponseMessage { Content = new StreamContent(new BreakingStream("""{"workloads":[""")) })),
        };
        _f.Wire.On(ControlPlaneFixture.List, 200, Ok);

        await _f.Clock.DriveAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal(2, _f.Wire.SentTo(ControlPlaneFixture.List).Count());
    }

    [Theory]
    [InlineData("suspend")]
    [InlineData("resume")]
    public async Task SuspendAndResume_AreRepeated(string action)
    {
        var route = $"POST /api/v1/workloads/trainings/{Id}/{action}";
        _f.Wire.Throws(route, FakeControlPlane.Reset()).On(route, 503).On(route, 202);

        await _f.Clock.DriveAsync(
            action == "suspend" ? _f.Client.SuspendTrainingAsync(Id, default) : _f.Client.ResumeTrainingAsync(Id, default));

        Assert.Equal(3, _f.Wire.SentTo(route).Count());
    }

    [Fact]
    public async Task Delete_WhoseAnswerWasLost_AndThenFindsNothing_IsDone()
    {
        var route = "DELETE /api/v1/workloads/trainings/" + Id;
        _f.Wire.Throws(route, FakeControlPlane.Reset()).On(route, 404, """{"code":404,"message":"gone"}""");

        await _f.Clock.DriveAsync(_f.Client.DeleteTrainingAsync(Id, default));

        Assert.Equal(2, _f.Wire.SentTo(route).Count());
    }

    [Fact]
    public async Task Delete_OfWhatNeverWas_IsNotFound()
    {
        var route = "DELETE /api/v1/workloads/trainings/" + Id;
        _f.Wire.Throws(route, FakeControlPlane.Refused()).On(route, 404, """{"code":404,"message":"gone"}""")
            .On("DELETE /api/v1/workloads/distributed/" + Id, 404, """{"code":404,"message":"gone"}""");

        var error = await _f.FailsAsync(_f.Client.DeleteTrainingAsync(Id, default));

        Assert.Equal(ErrorIds.WorkloadNotFound, error.ErrorId);
    }

    [Fact]
    public async Task RetryAfter_InSeconds_IsHonoured()
    {
        _f.Wire.On(ControlPlaneFixture.List, 429, headers: ("Retry-After", "17")).On(ControlPlaneFixture.List, 200, Ok);

        await _f.Clock.DriveAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal([TimeSpan.FromSeconds(17)], _f.Clock.Waits);
        Assert.Equal(["GET /api/v1/workloads is sent again in 17.0 s, since the control plane answered 429."], _f.Log.DebugLines);
    }

    [Fact]
    public async Task RetryAfter_AsADate_IsHonoured()
    {
        var date = _f.Clock.GetUtcNow().AddSeconds(23).ToString("R");
        _f.Wire.On(ControlPlaneFixture.List, 503, headers: ("Retry-After", date)).On(ControlPlaneFixture.List, 200, Ok);

        await _f.Clock.DriveAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal([TimeSpan.FromSeconds(23)], _f.Clock.Waits);
    }

    [Theory]
    [InlineData("86400")]
    [InlineData("Fri, 31 Dec 2100 23:59:59 GMT")]
    public async Task RetryAfter_BeyondReason_IsBounded(string value)
    {
        _f.Wire.On(ControlPlaneFixture.List, 503, headers: ("Retry-After", value)).On(ControlPlaneFixture.List, 200, Ok);

        await _f.Clock.DriveAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal([TimeSpan.FromSeconds(60)], _f.Clock.Waits);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    public async Task RetryAfter_ThatIsNone_IsIgnored(string value)
    {
        _f.Wire.On(ControlPlaneFixture.List, 503, headers: ("Retry-After", value)).On(ControlPlaneFixture.List, 200, Ok);

        await _f.Clock.DriveAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.InRange(Assert.Single(_f.Clock.Waits), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Read_ThatNeverSucceeds_StopsAfterFiveRepetitions()
    {
        _f.Wire.On(ControlPlaneFixture.List, 503, """{"code":503,"message":"Please try again in few minutes."}""");

        var error = await _f.FailsAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal(503, error.StatusCode);
        Assert.Equal(6, _f.Wire.SentTo(ControlPlaneFixture.List).Count());
        Assert.All(_f.Clock.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Read_NoRepetitionStartsOnceTheTotalTimeIsOver()
    {
        _f.Wire.On(ControlPlaneFixture.List, _ =>
        {
            _f.Clock.Advance(TimeSpan.FromSeconds(90));
            return Task.FromResult(FakeControlPlane.Answer(503, "", headers: ("Retry-After", "60")));
        });

        await _f.FailsAsync(_f.Client.ListWorkloadsAsync(new(), default));

        // 90 + 60 + 90 + 60 + 90 seconds: over five minutes.
        Assert.Equal(3, _f.Wire.SentTo(ControlPlaneFixture.List).Count());
    }

    [Fact]
    public async Task Waiting_EndsAtOnceWhenTheCallerCancels()
    {
        using var stop = new CancellationTokenSource();
        _f.Wire.On(ControlPlaneFixture.List, _ =>
        {
            stop.CancelAfter(TimeSpan.FromMilliseconds(1));
            return Task.FromResult(FakeControlPlane.Answer(503, "", headers: ("Retry-After", "60")));
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _f.Client.ListWorkloadsAsync(new(), stop.Token));

        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.List));
    }

    [Fact]
    public async Task Breaker_AfterManyFailures_SparesTheHostAndSaysUntilWhen_ThenLetsOneThrough()
    {
        using var f = new ControlPlaneFixture(new() { Retries = 1, RetryDelay = TimeSpan.FromMilliseconds(10), BreakerThroughput = 6 });
        f.Wire.On(ControlPlaneFixture.List, 503);
        for (var i = 0; i < 3; i++)
        {
            await f.FailsAsync(f.Client.ListWorkloadsAsync(new(), default));
        }

        var sent = f.Wire.Sent.Count;
        var open = await f.FailsAsync(f.Client.ListWorkloadsAsync(new(), default));
        var create = await f.FailsAsync(f.Client.CreateTrainingAsync(new() { ["name"] = "a" }, default));

        Assert.Equal(sent, f.Wire.Sent.Count);
        Assert.Equal(ErrorIds.ControlPlaneUnreachable, open.ErrorId);
        Assert.Contains("in 5 s", open.Message);
        Assert.Contains("503", open.Message);
        Assert.Null(open.InnerException);
        Assert.False(create.MayHaveHappened);

        f.Clock.Advance(TimeSpan.FromSeconds(6));
        f.Wire.On(ControlPlaneFixture.List, 200, Ok);
        await f.FailsAsync(f.Client.ListWorkloadsAsync(new(), default));
        Assert.True(f.Wire.Sent.Count > sent);
        f.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Empty((await f.Clock.DriveAsync(f.Client.ListWorkloadsAsync(new(), default))).Items);
    }

    [Fact]
    public async Task Breaker_RefusalsOfTheApi_DoNotOpenIt()
    {
        _f.Wire.On(ControlPlaneFixture.List, 403);

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(ErrorIds.PermissionDenied, (await _f.FailsAsync(_f.Client.ListWorkloadsAsync(new(), default))).ErrorId);
        }
    }
}
