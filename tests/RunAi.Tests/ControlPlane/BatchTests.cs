using RunAi.ControlPlane;

namespace RunAi.Tests.ControlPlane;

public sealed class BatchTests : IDisposable
{
    private const string Batch = "POST /api/v1/workloads/batch";
    private const string One = "11111111-2222-3333-4444-555555555551";
    private const string Two = "11111111-2222-3333-4444-555555555552";
    private const string Three = "11111111-2222-3333-4444-555555555553";

    private readonly ControlPlaneFixture _plane = new();

    public void Dispose() => _plane.Dispose();

    [Theory]
    [InlineData("Suspend", "suspend")]
    [InlineData("Resume", "resume")]
    [InlineData("Delete", "delete")]
    public async Task Act_OnMany_IsOneRequest(string action, string word)
    {
        _plane.Wire.On(Batch, 200, $$"""{"id":"b","succeeded":["{{One}}","{{Two}}"]}""");

        Assert.Empty(await ActAsync(Enum.Parse<WorkloadAction>(action), One, Two));

        var sent = Assert.Single(_plane.Wire.SentTo(Batch));
        Assert.Equal($$"""{"ids":["{{One}}","{{Two}}"],"action":"{{word}}"}""", sent.Body);
    }

    [Fact]
    public async Task Act_WhenSomeAreRefused_TellsEachWithItsOwnReason()
    {
        _plane.Wire.On(Batch, 200, $$"""
            {"id":"b","succeeded":["{{One}}"],"failed":[
              {"id":"{{Two}}","code":404,"message":"Resource id not found."},{"id":"{{Three}}","code":403,"message":"no"}]}
            """);

        var failures = await ActAsync(WorkloadAction.Suspend, One, Two, Three);

        Assert.Equal(
            [(ErrorIds.WorkloadNotFound, Two, 404), (ErrorIds.PermissionDenied, Three, 403)],
            failures.Select(f => (f.ErrorId, f.Target, f.Code!.Value)));
        Assert.Contains($"Could not stop the workload {Two}", failures[0].Message, StringComparison.Ordinal);
        Assert.Contains("Resource id not found", failures[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Act_WhenTheAnswerForgetsOne_TellsThat()
    {
        _plane.Wire.On(Batch, 200, $$"""{"id":"b","succeeded":["{{One}}"]}""");

        var failure = Assert.Single(await ActAsync(WorkloadAction.Delete, One, Two));

        Assert.Equal((ErrorIds.ApiError, Two), (failure.ErrorId, failure.Target));
    }

    [Fact]
    public async Task Act_WhenTheAnswerListsFailuresOnly_TakesTheRestForDone()
    {
        _plane.Wire.On(Batch, 200, """{"id":"b"}""");

        Assert.Empty(await ActAsync(WorkloadAction.Delete, One, Two));
    }

    [Fact]
    public async Task Act_InTrouble_IsSentAgainAndToldOnce()
    {
        _plane.Wire.On(Batch, 503).On(Batch, 503).On(Batch, 200, """{"id":"b"}""");

        Assert.Empty(await ActAsync(WorkloadAction.Suspend, One, Two));

        Assert.Equal(3, _plane.Wire.SentTo(Batch).Count());
        Assert.Contains("Could not stop 2 workloads yet", Assert.Single(_plane.Log.Warnings), StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<RunAiApiException>> ActAsync(WorkloadAction action, params string[] ids)
    {
        var acting = _plane.Client.ActOnManyAsync(action, ids, default);
        await _plane.Clock.DriveAsync(acting);
        return await acting;
    }
}
