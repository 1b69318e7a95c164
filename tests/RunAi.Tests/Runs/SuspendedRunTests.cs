using RunAi.Runs;
using RunAi.Tests.ControlPlane;
using RunAi.Watching;

namespace RunAi.Tests.Runs;

/// <summary>A run whose workload a command of ours suspended is gone on with by the same key, and replaced when that is forced.</summary>
public sealed class SuspendedRunTests : IDisposable
{
    private static readonly RunStop Stop = new(RunStop.Interrupt, "build-7", new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero));

    private readonly TestClock _clock = new();
    private readonly WorkloadPlane _plane;
    private readonly List<string> _requests = [];
    private readonly RunClient _client;

    public SuspendedRunTests()
    {
        _plane = new WorkloadPlane { Clock = _clock, DeletesAtOnce = true };
        _client = new RunClient(_plane, new MemoryStore(), _clock, step: _requests.Add);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task SameKey_ResumesTheWorkload_AndSaysWhoStoppedIt()
    {
        var run = await StoppedAsync();

        var again = await _clock.DriveAsync(_client.SubmitAsync());

        Assert.Equal((run.RunId, run.WorkloadId, 1, StepRunState.Running), (again.RunId, again.WorkloadId, again.Attempt, again.State));
        Assert.Single(_requests, request => request.StartsWith("after POST", StringComparison.Ordinal)
            && request.EndsWith("/resume", StringComparison.Ordinal));
        Assert.Contains(_client.Log.Warnings, line => line.Contains(
            "stopped by Ctrl+C of an earlier command on build-7 at 2030-01-01 12:00:00 UTC", StringComparison.Ordinal));
        var record = (await _client.Journal.LastAsync(run.RunId, default))!;
        Assert.Equal((StepRunState.Running, (RunStop?)null), (record.State, record.StoppedBy));
        Assert.Single(_plane.Created);
    }

    [Fact]
    public async Task SameKey_WhilePodsStillEnd_WaitsForThat()
    {
        var run = await StoppedAsync("Stopping");
        var polls = 0;
        _clock.OnDrive = () =>
        {
            if (++polls == 3)
            {
                _plane.End(run.WorkloadName, "Stopped");
            }
        };

        var again = await _clock.DriveAsync(_client.SubmitAsync());

        Assert.Equal(StepRunState.Running, again.State);
    }

    [Fact]
    public async Task WaitForPods_SaysWhyNothingRunsYet_AndEnds()
    {
        var run = await StoppedAsync("Stopping");
        List<WatchStatus> told = [];
        _clock.OnDrive = () =>
        {
            if (told.Count == 3)
            {
                _plane.End(run.WorkloadName, "Stopped");
            }
        };

        var last = (await _client.Journal.LastAsync(run.RunId, default))!;
        await _clock.DriveAsync(new SuspendedRun(_client.Context with { Waiting = told.Add }).ResumeAsync(last, default));

        Assert.Equal((run.WorkloadName, "Stopping"), (told[0].Only!.Name, told[0].Only!.Phase));
        Assert.StartsWith("it is being suspended", told[0].Only!.WhyPending, StringComparison.Ordinal);
        Assert.Contains(told, status => status.Only?.WhyPending == "it is being resumed");
        Assert.Equal(0, told[^1].Count);
    }

    [Fact]
    public async Task SameKey_BeforeThePhaseShowsTheSuspension_WaitsForIt()
    {
        var run = await StoppedAsync("Running");
        var polls = 0;
        _clock.OnDrive = () =>
        {
            if (++polls == 3)
            {
                _plane.End(run.WorkloadName, "Stopped");
            }
        };

        var again = await _clock.DriveAsync(_client.SubmitAsync());

        Assert.Equal(StepRunState.Running, again.State);
        Assert.Single(_requests, request => request.StartsWith("after POST", StringComparison.Ordinal)
            && request.EndsWith("/resume", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Force_ReplacesIt_WithAnotherAttempt()
    {
        var run = await StoppedAsync();

        var next = await _clock.DriveAsync(_client.SubmitAsync(force: true));

        Assert.Equal((run.RunId, 2), (next.RunId, next.Attempt));
        Assert.NotEqual(run.WorkloadId, next.WorkloadId);
        Assert.Contains(_requests, request => request.StartsWith("after DELETE", StringComparison.Ordinal)
            && request.EndsWith(run.WorkloadId!, StringComparison.Ordinal));
        Assert.Equal(StepRunState.Deleted, Assert.Single(next.EarlierAttempts).State);
    }

    [Fact]
    public async Task SuspendedBySomebodyElse_IsLeftToThem_UnlessItIsForced()
    {
        var run = await _clock.DriveAsync(_client.SubmitAsync());
        _plane.End(run.WorkloadName, "Stopped");

        var again = await _clock.DriveAsync(_client.SubmitAsync());
        Assert.Equal(run.WorkloadId, again.WorkloadId);
        Assert.DoesNotContain(_requests, request => request.EndsWith("/resume", StringComparison.Ordinal));

        Assert.Equal(2, (await _clock.DriveAsync(_client.SubmitAsync(force: true))).Attempt);
    }

    [Fact]
    public async Task OneThatDoesNotGoOn_IsAConflict_AfterAWhile()
    {
        var run = await StoppedAsync("Stopping");

        var failure = await Assert.ThrowsAsync<RunAiException>(() => _clock.DriveAsync(_client.SubmitAsync()));

        Assert.Equal((ErrorIds.RunConflict, run.RunId), (failure.ErrorId, failure.Target));
    }

    private async Task<StepRun> StoppedAsync(string phase = "Stopped")
    {
        var run = await _clock.DriveAsync(_client.SubmitAsync());
        _plane.End(run.WorkloadName, phase);
        await _client.Journal.AppendAsync((await _client.Journal.LastAsync(run.RunId, default))!.Stopped(run.WorkloadId!, Stop), default);
        return run;
    }
}
