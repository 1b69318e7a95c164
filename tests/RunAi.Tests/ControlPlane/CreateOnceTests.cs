using Newtonsoft.Json.Linq;

namespace RunAi.Tests.ControlPlane;

/// <summary>A create is sent again only when it surely was not accepted.</summary>
public sealed class CreateOnceTests : IDisposable
{
    private const string Created = """{"workloadId":"71f69d83-ba66-4822-adf5-55ce55efd210","name":"step"}""";
    private readonly ControlPlaneFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task AmbiguousStatus_IsNotRepeated_AndSaysThatItMayHaveHappened(int status)
    {
        _f.Wire.On(ControlPlaneFixture.Create, status, "<html>gateway</html>", "text/html", ("Retry-After", "1"))
            .On(ControlPlaneFixture.Create, 202, Created);

        var error = await _f.FailsAsync(CreateAsync());

        AssertUncertain(error);
        Assert.Equal(status, error.StatusCode);
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("timeout")]
    [InlineData("body")]
    [InlineData("ended")]
    public async Task AmbiguousFault_IsNotRepeated_AndSaysThatItMayHaveHappened(string kind)
    {
        _ = kind switch
        {
            "reset" => _f.Wire.Throws(ControlPlaneFixture.Create, FakeControlPlane.Reset()),
            "timeout" => _f.Wire.TimesOut(ControlPlaneFixture.Create, _f.Clock),
            "body" => _f.Wire.On(ControlPlaneFixture.Create, _ => Task.FromResult(
                new HttpResponseMessage { Content = new StreamContent(new BreakingStream("""{"workloadId":""")) })),
            _ => _f.Wire.Throws(ControlPlaneFixture.Create, ConnectionFailures.Ended()),
        };

        var error = await _f.FailsAsync(CreateAsync());

        AssertUncertain(error);
        Assert.Equal(ErrorIds.ControlPlaneUnreachable, error.ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"workloadId":"71f69d83""")]
    [InlineData("""{"name":"step"}""")]
    [InlineData("[]")]
    [InlineData("<html>Sign in</html>")]
    [InlineData("""{"workloadId":"71f69d83-ba66-4822-adf5-55ce55efd210","name":"another"}""")]
    [InlineData("{\"workloadId\":\"71f69d83-ba66-4822-adf5-55ce55ef\u0001210\",\"name\":\"step\"}")]
    public async Task SuccessWithoutTheIdOfThisWorkload_IsNotRepeated_AndSaysThatItMayHaveHappened(string body)
    {
        _f.Wire.On(ControlPlaneFixture.Create, 202, body);

        AssertUncertain(await _f.FailsAsync(CreateAsync()));
    }

    [Fact]
    public async Task TooManyRequests_AndNoConnection_AreRepeated()
    {
        _f.Wire.On(ControlPlaneFixture.Create, 429, headers: ("Retry-After", "4"))
            .Throws(ControlPlaneFixture.Create, FakeControlPlane.Refused())
            .On(ControlPlaneFixture.Create, 202, Created);

        var training = await _f.Clock.DriveAsync(CreateAsync());

        Assert.Equal("step", training.Name);
        Assert.Equal(3, _f.Wire.SentTo(ControlPlaneFixture.Create).Count());
        Assert.Equal(TimeSpan.FromSeconds(4), _f.Clock.Waits[0]);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(0)]
    public async Task TooManyRequests_OrNoConnection_ToTheEnd_SurelyDidNotHappen(int status)
    {
        _ = status == 0
            ? _f.Wire.Throws(ControlPlaneFixture.Create, FakeControlPlane.Refused())
            : _f.Wire.On(ControlPlaneFixture.Create, status);

        var error = await _f.FailsAsync(CreateAsync());

        Assert.False(error.MayHaveHappened);
        Assert.Equal(6, _f.Wire.SentTo(ControlPlaneFixture.Create).Count());
    }

    [Fact]
    public async Task Unauthorized_IsSentAgainOnceWithANewToken()
    {
        _f.Wire.On(ControlPlaneFixture.Create, 401).On(ControlPlaneFixture.Create, 202, Created);

        await _f.Clock.DriveAsync(CreateAsync());

        Assert.Equal(2, _f.Wire.SentTo(ControlPlaneFixture.Create).Count());
        Assert.Equal(2, _f.Wire.SentTo(ControlPlaneFixture.Token).Count());
    }

    [Fact]
    public async Task PolicyRefusal_HasALineForEachIssue()
    {
        _f.Wire.On(ControlPlaneFixture.Create, 400, """
            {"code":400,"message":"The workload request does not comply with the policy","details":"2 issues","complianceIssues":[
              {"field":"compute.gpuDevicesRequest","details":"value must be no less than 3","rule":"min"},
              {"field":"image","details":"must be one of the options"}]}
            """);

        var error = await _f.FailsAsync(CreateAsync());

        Assert.Equal(ErrorIds.SubmissionRejected, error.ErrorId);
        Assert.False(error.MayHaveHappened);
        Assert.Equal("step", error.Target);
        Assert.Equal(["compute.gpuDevicesRequest", "image"], error.ComplianceIssues.Select(i => i.Field));
        Assert.Contains("compute.gpuDevicesRequest: value must be no less than 3 (min)", error.Message.Split('\n').Select(l => l.Trim()));
        Assert.Contains("image: must be one of the options", error.Message.Split('\n').Select(l => l.Trim()));
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.Create));
    }

    [Theory]
    [InlineData(400, "project is over its GPU quota", ErrorIds.QuotaExceeded)]
    [InlineData(400, "name is not valid", ErrorIds.SubmissionRejected)]
    [InlineData(422, "name is not valid", ErrorIds.SubmissionRejected)]
    [InlineData(409, "name exists", ErrorIds.WorkloadNameTaken)]
    [InlineData(403, "no role", ErrorIds.PermissionDenied)]
    public async Task Refusal_HasItsId_AndSurelyDidNotHappen(int status, string message, string expected)
    {
        _f.Wire.On(ControlPlaneFixture.Create, status, $$"""{"code":{{status}},"message":"{{message}}"}""");

        var error = await _f.FailsAsync(CreateAsync());

        Assert.Equal((expected, status), (error.ErrorId, error.StatusCode));
        Assert.False(error.MayHaveHappened);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public async Task TokenTrouble_BeforeTheCreate_SurelyDidNotHappen()
    {
        using var f = new ControlPlaneFixture(token: false);
        f.Wire.On(ControlPlaneFixture.Token, 503);

        var error = await f.FailsAsync(f.Client.CreateTrainingAsync(new JObject { ["name"] = "step" }, default));

        Assert.False(error.MayHaveHappened);
        Assert.Empty(f.Wire.SentTo(ControlPlaneFixture.Create));
    }

    private Task<RunAi.ControlPlane.Wire.TrainingRecord> CreateAsync() =>
        _f.Client.CreateTrainingAsync(new JObject { ["name"] = "step" }, default);

    private void AssertUncertain(RunAiApiException error)
    {
        Assert.True(error.MayHaveHappened);
        Assert.Equal("POST /api/v1/workloads/trainings", error.Request);
        Assert.Contains("step", error.Message);
        Assert.Single(_f.Wire.SentTo(ControlPlaneFixture.Create));
    }
}
