using System.Globalization;
using RunAi.Runs;
using RunAi.Runs.Attending;

namespace RunAi.Tests.Runs.Attending;

/// <summary>A wait for a run of another command that was ended early does with the workload what it was asked to.</summary>
public sealed class RunAttendantTests : IDisposable
{
    private readonly AttendingFixture _f = new();

    public RunAttendantTests() => _f.Clock.Limits.Add(CancelledRun.Patience);

    public void Dispose() => _f.Dispose();

    [Theory]
    [InlineData(CancelAction.Stop, "Stopped: workload '{0}' is being suspended", StepRunState.Stopped)]
    [InlineData(CancelAction.Delete, "Stopped: workload '{0}' is being deleted.", StepRunState.Deleted)]
    [InlineData(CancelAction.Leave, "Ended by SIGTERM; workload '{0}' goes on.", StepRunState.Running)]
    public async Task GivenUp_DoesWhatIsAskedFor(CancelAction action, string said, StepRunState state)
    {
        var (run, attendant) = await GivenUpAsync();

        var left = await _f.Clock.DriveAsync(attendant.StopAsync(action, "SIGTERM"));

        Assert.StartsWith(string.Format(CultureInfo.InvariantCulture, said, run.WorkloadName), left, StringComparison.Ordinal);
        Assert.DoesNotContain("same command", left, StringComparison.Ordinal);
        Assert.Equal(action == CancelAction.Stop, _f.Requests.Contains($"after POST /api/v1/workloads/trainings/{run.WorkloadId}/suspend"));
        Assert.Equal(action == CancelAction.Delete, _f.Requests.Contains($"after DELETE /api/v1/workloads/trainings/{run.WorkloadId}"));
        var record = await _f.RecordAsync(run);
        Assert.Equal((state, action == CancelAction.Leave ? null : "SIGTERM"), (record.State, record.StoppedBy?.How));
    }

    /// <summary>The run is known, and not followed yet.</summary>
    [Fact]
    public async Task GivenUp_WhileItIsLookedAt_SuspendsTheWorkload()
    {
        var run = await _f.SubmitAsync();
        var attendant = new RunAttendant(_f.Services, _f.Observer);
        using var over = new CancellationTokenSource();
        EndAt("before GET /api/v1/workloads", over);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AttachAsync(attendant, run, over.Token));
        _f.OnRequest = null;

        var left = await _f.Clock.DriveAsync(attendant.StopAsync(CancelAction.Stop, "Ctrl+C"));

        Assert.StartsWith("Stopped: workload", left, StringComparison.Ordinal);
        Assert.Equal(StepRunState.Stopped, (await _f.RecordAsync(run)).State);
    }

    [Fact]
    public async Task ThatReachedNothing_PutsNothingInOrder()
    {
        var attendant = new RunAttendant(_f.Services, _f.Observer);

        Assert.Null(await attendant.StopAsync(CancelAction.Stop, "Ctrl+C"));
    }

    [Fact]
    public async Task OfARunThatIsOver_PutsNothingInOrder()
    {
        var run = await _f.SubmitAsync();
        _f.Plane.End(run.WorkloadName, "Failed");
        var attendant = new RunAttendant(_f.Services, _f.Observer);
        await AttachAsync(attendant, run, default);

        var left = await attendant.StopAsync(CancelAction.Delete, "Ctrl+C");

        Assert.DoesNotContain(_f.Requests, request => request.Contains("DELETE", StringComparison.Ordinal));
        Assert.True(left is null || left.StartsWith($"Stopped when run {run.RunId} had ended", StringComparison.Ordinal), left);
    }

    private async Task<(StepRun Run, RunAttendant Attendant)> GivenUpAsync()
    {
        var run = await _f.SubmitAsync();
        var attendant = new RunAttendant(_f.Services, _f.Observer);
        using var over = new CancellationTokenSource();
        var looks = 0;
        _f.OnRequest = request =>
        {
            if (request.StartsWith("before GET /api/v1/workloads", StringComparison.Ordinal) && ++looks == 4)
            {
                over.Cancel();
                over.Token.ThrowIfCancellationRequested();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AttachAsync(attendant, run, over.Token));
        _f.OnRequest = null;
        return (run, attendant);
    }

    private void EndAt(string request, CancellationTokenSource over) => _f.OnRequest = given =>
    {
        if (given.StartsWith(request, StringComparison.Ordinal))
        {
            over.Cancel();
            over.Token.ThrowIfCancellationRequested();
        }
    };

    private async Task<(StepRun Run, RunAiException? Failure)> AttachAsync(RunAttendant attendant, StepRun run, CancellationToken ct)
    {
        await _f.RegisterAsync();
        return await _f.Clock.DriveAsync(attendant.AttachAsync(run.RunId, null, new OperatorChoice(null, null), follows: true, ct));
    }
}
