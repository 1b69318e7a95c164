using RunAi.Runs;
using RunAi.Runs.Attending;

namespace RunAi.Tests.Runs.Attending;

/// <summary>Runs that are known by their records are attached to, brought up to date and removed.</summary>
public sealed class RecordedRunTests : IDisposable
{
    private static readonly OperatorChoice AnyOperator = new(null, null);

    private readonly AttendingFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Theory]
    [InlineData(false, "Running", StepRunState.Running)]
    [InlineData(false, "Completed", StepRunState.Succeeded)]
    [InlineData(true, "Completed", StepRunState.Succeeded)]
    public async Task Attach_TellsHowTheRunStands(bool follows, string phase, StepRunState state)
    {
        var run = await SubmitAsync(phase);

        var (found, failure) = await AttachAsync(run.RunId, follows);

        Assert.Null(failure);
        Assert.Equal(state, found.State);
        Assert.Equal(state, (await _f.RecordAsync(run)).State);
    }

    [Fact]
    public async Task Attach_ToARunThatFailed_HasTheFailureOnlyWhenItIsFollowed()
    {
        var run = await SubmitAsync("Failed");
        var (found, failure) = await AttachAsync(run.RunId, follows: false);
        Assert.Equal((StepRunState.Failed, (RunAiException?)null), (found.State, failure));

        (_, failure) = await AttachAsync(run.RunId, follows: true);
        Assert.Equal(ErrorIds.WorkloadFailed, failure!.ErrorId);
    }

    [Fact]
    public async Task UnknownRun_IsNotFound_WithThePlacesThatWereLookedIn()
    {
        var failure = await Assert.ThrowsAsync<RunAiException>(() => AttachAsync("01JD8Z5V0Q4X9T2M7N3K6P1R8S", follows: false));

        Assert.Equal((ErrorIds.RunNotFound, "01JD8Z5V0Q4X9T2M7N3K6P1R8S"), (failure.ErrorId, failure.Target));
        Assert.Contains("/state", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_RecordsEndsThatNobodySaw_AndTellsThoseRuns()
    {
        var (ended, running) = (await SubmitAsync("Completed"), await _f.SubmitAsync("other"));
        List<StepRun> changed = [];
        List<string> failed = [];
        var synchronizer = new RunSynchronizer(_f.Services, await _f.ConnectAsync());

        await _f.Clock.DriveAsync(synchronizer.SyncAsync(null, changed.Add, (_, runId) => failed.Add(runId), default));

        Assert.Equal([ended.RunId, running.RunId], changed.Select(run => run.RunId).OrderByDescending(id => id == ended.RunId));
        Assert.Empty(failed);
        Assert.Equal(
            (StepRunState.Succeeded, StepRunState.Running), ((await _f.RecordAsync(ended)).State, (await _f.RecordAsync(running)).State));
    }

    [Fact]
    public async Task RehearsedSync_TellsWhatWouldChange_AndWritesNothing()
    {
        var (ended, running) = (await SubmitAsync("Completed"), await _f.SubmitAsync("other"));
        List<StepRun> changed = [];
        var synchronizer = new RunSynchronizer(_f.Services, await _f.ConnectAsync()) { IsRehearsal = true };

        await _f.Clock.DriveAsync(synchronizer.SyncAsync(null, changed.Add, (failure, _) => throw failure, default));

        Assert.Equal(
            [StepRunState.Succeeded, StepRunState.Running],
            changed.OrderByDescending(run => run.RunId == ended.RunId).Select(run => run.State));
        Assert.Equal(
            (StepRunState.Submitted, StepRunState.Submitted), ((await _f.RecordAsync(ended)).State, (await _f.RecordAsync(running)).State));
    }

    [Fact]
    public async Task Remove_RefusesARunThatGoesOn_AndRemovesOneThatIsOver()
    {
        var run = await SubmitAsync("Running");
        var remover = new RunRemover(_f.Services);

        var refused = await Assert.ThrowsAsync<RunAiException>(() => RemoveAsync(remover, run));
        Assert.Equal(ErrorIds.RunConflict, refused.ErrorId);
        Assert.Equal(StepRunState.Running, (await _f.RecordAsync(run)).State);

        _f.Plane.End(run.WorkloadName, "Completed");
        await RemoveAsync(remover, run);
        Assert.Null(await (await _f.Services.JournalAsync(null, default)).LastAsync(run.RunId, default));
    }

    private async Task<StepRun> SubmitAsync(string phase)
    {
        await _f.RegisterAsync();
        var run = await _f.SubmitAsync();
        _f.Plane.End(run.WorkloadName, phase);
        return run;
    }

    private Task<(StepRun Run, RunAiException? Failure)> AttachAsync(string runId, bool follows) =>
        _f.Clock.DriveAsync(new RunAttendant(_f.Services, _f.Observer).AttachAsync(runId, null, AnyOperator, follows, default));

    private Task RemoveAsync(RunRemover remover, StepRun run) =>
        _f.Clock.DriveAsync(remover.RemoveAsync(run.RunId, null, AnyOperator, default));
}
