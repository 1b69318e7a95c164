namespace RunAi.Tests.ControlPlane;

public sealed class AnswerTests : IDisposable
{
    private const string Id = "71f69d83-ba66-4822-adf5-55ce55efd210";
    private const string ById = "GET /api/v1/workloads/" + Id;
    private const string Html = "<html>\r\n<head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
    private readonly ControlPlaneFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task NotFoundById_IsWorkloadNotFound_WithEveryDetail()
    {
        _f.Wire.On(
            ById, 404, """{"code":404,"message":"Resource id not found.","details":"no row"}""", headers: ("x-correlation-id", "c-7"));

        var error = await _f.FailsAsync(_f.Client.GetWorkloadAsync(Id, default));

        Assert.Equal(ErrorIds.WorkloadNotFound, error.ErrorId);
        Assert.Equal((404, 404), (error.StatusCode, error.Code));
        Assert.Equal(("Resource id not found.", "no row", "c-7"), (error.ApiMessage, error.Details, error.RequestId));
        Assert.Equal("GET /api/v1/workloads/" + Id, error.Request);
        Assert.Equal(Id, error.Target);
        Assert.Contains(Id, error.Message);
        Assert.False(error.MayHaveHappened);
    }

    [Theory]
    [InlineData(500, "code 404 not found")]
    [InlineData(400, "404")]
    public async Task TextThatSpeaksOf404_IsNotTakenForOne(int status, string message)
    {
        _f.Wire.On(ById, status, $$"""{"code":{{status}},"message":"{{message}}"}""");

        var error = await _f.FailsAsync(_f.Client.GetWorkloadAsync(Id, default));

        Assert.Equal(ErrorIds.ApiError, error.ErrorId);
        Assert.Equal(status, error.StatusCode);
    }

    [Fact]
    public async Task Forbidden_IsPermissionDenied_AndIsNotRepeated()
    {
        _f.Wire.On(ControlPlaneFixture.List, 403, """{"code":403,"message":"You do not have sufficient permissions."}""");

        var error = await _f.FailsAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal(ErrorIds.PermissionDenied, error.ErrorId);
        Assert.Contains("step-runner", error.Message);
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.List));
    }

    [Fact]
    public async Task GatewayHtml_OnAnErrorStatus_IsAnApiErrorThatShowsItOnOneLine()
    {
        _f.Wire.On(ControlPlaneFixture.List, 502, Html, "text/html");

        var error = await _f.FailsAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal((ErrorIds.ApiError, 502), (error.ErrorId, error.StatusCode));
        Assert.Contains("a web page", error.Message);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal(6, _f.Wire.SentTo(ControlPlaneFixture.List).Count());
    }

    [Fact]
    public async Task Html_OnASuccess_IsAnErrorThatPointsAtTheUrl_AndIsNotRepeated()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, "\uFEFF  " + Html, "text/html");

        var error = await _f.FailsAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal((ErrorIds.ApiError, 200), (error.ErrorId, error.StatusCode));
        Assert.Contains("web page", error.Message);
        Assert.Contains(ControlPlaneFixture.BaseUrl, error.Message);
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.List));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"workloads":[{"id":"1","na""")]
    [InlineData("""{"workloads":[]} trailing""")]
    [InlineData("{\"workloads\":[{\"id\":\"w\u0003\"}]}")]
    public async Task IncompleteBody_OfARead_IsReadAgain(string body)
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, body).On(ControlPlaneFixture.List, 200, """{"workloads":[{"id":"w"}]}""");

        var page = await _f.Clock.DriveAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal("w", Assert.Single(page.Items).Id);
        Assert.Single(_f.Clock.Waits);
    }

    [Fact]
    public async Task BytesThatAreNoUtf8_AreReadAgain()
    {
        _f.Wire.On(ControlPlaneFixture.List, _ => Task.FromResult(
            new HttpResponseMessage { Content = new ByteArrayContent([.. "{\"workloads\":[{\"id\":\""u8, 0xF9, .. "\"}]}"u8]) }))
            .On(ControlPlaneFixture.List, 200, """{"workloads":[{"id":"w"}]}""");

        var page = await _f.Clock.DriveAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal("w", Assert.Single(page.Items).Id);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("""{"workloads":[{"id":"1","na""", "cut short")]
    public async Task IncompleteBody_ThatStaysSo_IsAnApiError(string body, string expected)
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, body);

        var error = await _f.FailsAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal(ErrorIds.ApiError, error.ErrorId);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"workloads":{}}""")]
    [InlineData("""{"workloads":[17]}""")]
    [InlineData("""{"workloads":[{"createdAt":"yesterday"}]}""")]
    [InlineData("""{"entries":[]}""")]
    public async Task JsonOfAnotherShape_IsAnApiError_OfNoForeignType(string body)
    {
        _f.Wire.On(ControlPlaneFixture.List, 200, body);

        var error = await _f.FailsAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal((ErrorIds.ApiError, 200), (error.ErrorId, error.StatusCode));
        Assert.Null(error.InnerException);
    }

    [Fact]
    public async Task PartialContent207_IsASuccessWithAWarning()
    {
        _f.Wire.On(ControlPlaneFixture.List, 207, """{"workloads":[{"id":"w"}]}""");

        var page = await _f.Client.ListWorkloadsAsync(new(), default);

        Assert.Single(page.Items);
        Assert.Contains("207", Assert.Single(_f.Log.Warnings));
    }

    [Theory]
    [InlineData(202, """{"code":202,"message":"Request has been accepted."}""")]
    [InlineData(202, "")]
    [InlineData(204, "")]
    public async Task Accepted_WithOrWithoutABody_IsDone(int status, string body)
    {
        var route = "DELETE /api/v1/workloads/trainings/" + Id;
        _f.Wire.On(route, status, body);

        await _f.Client.DeleteTrainingAsync(Id, default);

        Assert.Single(_f.Wire.SentTo(route));
    }

    [Fact]
    public async Task Accepted_WithAWebPage_IsNotBelieved()
    {
        _f.Wire.On("POST /api/v1/workloads/trainings/" + Id + "/suspend", 200, "<html>Sign in</html>", "text/html");

        var error = await _f.FailsAsync(_f.Client.SuspendTrainingAsync(Id, default));

        Assert.Contains("web page", error.Message);
    }

    [Fact]
    public async Task Redirection_IsNotFollowed_AndNamesTheTarget()
    {
        _f.Wire.On(ControlPlaneFixture.List, 301, "", headers: ("Location", "https://new.run.ai/api/v1/workloads"));

        var error = await _f.FailsAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Contains("https://new.run.ai", error.Message);
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.List));
    }

    [Fact]
    public async Task HostileErrorText_IsCutAndNeutralised()
    {
        var message = "\\u001b[31mred\\u202e" + new string('x', 5000);
        _f.Wire.On(
            ControlPlaneFixture.List, 400, $$"""{"code":"400","message":"{{message}}","details":{"a":1},"complianceIssues":"no list"}""");

        var error = await _f.FailsAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.InRange(error.Message.Length, 500, 1200);
        Assert.DoesNotContain(error.Message, c => char.IsControl(c) || c == '\u202e');
        Assert.Equal((400, null, 0), (error.Code, error.Details, error.ComplianceIssues.Count));
    }

    [Fact]
    public async Task LegacyErrorBody_WithoutDetails_IsRead()
    {
        _f.Wire.On(ControlPlaneFixture.List, 422, """{"code":422,"message":"bad limit"}""");

        var error = await _f.FailsAsync(_f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal((422, "bad limit", null), (error.Code, error.ApiMessage, error.Details));
    }

    [Theory]
    [InlineData("dns", "cannot be resolved")]
    [InlineData("refused", "refused the connection")]
    [InlineData("tls", "TLS")]
    [InlineData("timeout", "did not answer within 99 s")]
    public async Task Unreachable_SaysHostAndReason(string kind, string expected)
    {
        using var f = new ControlPlaneFixture(new() { Retries = 1 });
        switch (kind)
        {
            case "dns":
                f.Wire.Throws(ControlPlaneFixture.List, ConnectionFailures.NoName());
                break;
            case "refused":
                f.Wire.Throws(ControlPlaneFixture.List, ConnectionFailures.Refused());
                break;
            case "tls":
                f.Wire.Throws(ControlPlaneFixture.List, ConnectionFailures.NoTls());
                break;
            default:
                f.Wire.TimesOut(ControlPlaneFixture.List, f.Clock);
                break;
        }

        var error = await f.FailsAsync(f.Client.ListWorkloadsAsync(new(), default));

        Assert.Equal(ErrorIds.ControlPlaneUnreachable, error.ErrorId);
        Assert.Null(error.StatusCode);
        Assert.Contains("org.run.ai", error.Message);
        Assert.Contains(expected, error.Message);
        Assert.Equal(2, f.Wire.SentTo(ControlPlaneFixture.List).Count());
    }

    [Fact]
    public async Task CallersCancellation_PassesThroughUntouched()
    {
        using var stop = new CancellationTokenSource();
        _f.Wire.On(ControlPlaneFixture.List, async ct =>
        {
            await stop.CancelAsync();
            ct.ThrowIfCancellationRequested();
            throw new InvalidOperationException("not cancelled");
        });

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _f.Client.ListWorkloadsAsync(new(), stop.Token));

        Assert.Equal(stop.Token, error.CancellationToken);
    }

    [Fact]
    public async Task Policy_NotFound_IsNone_AndItsEffectiveHalfIsWhatCounts()
    {
        const string Route = "GET /api/v2/policy/trainings";
        _f.Wire.On(Route, 404, """{"code":404,"message":"none"}""")
            .On(Route, 200,
                """{"policy":{"defaults":{"image":"no"}},"effective":{"defaults":{"compute":{"gpuDevicesRequest":1}},"rules":{"image":{"required":true}}}}""")
            .On(Route, 200, """{"effective":null}""");

        var none = await _f.Client.GetTrainingPolicyAsync("1", default);
        var still = await _f.Client.GetTrainingPolicyAsync("1", default);
        var some = await _f.Client.GetTrainingPolicyAsync("2", default);
        var empty = await _f.Client.GetTrainingPolicyAsync("3", default);

        Assert.Null(none);
        Assert.Null(still);
        Assert.Equal(3, _f.Wire.SentTo(Route).Count());
        _f.Session.InvalidateProject("2");
        await _f.Client.GetTrainingPolicyAsync("2", default);
        Assert.Equal(4, _f.Wire.SentTo(Route).Count());
        Assert.Equal(1, (int?)some!.Defaults["compute"]!["gpuDevicesRequest"]);
        Assert.Null(some.Defaults["image"]);
        Assert.True((bool?)some.Rules["image"]!["required"]);
        Assert.Empty(empty!.Rules);
    }
}
