using RunAi.Runs;
using RunAi.Runs.Attending;
using RunAi.Stacks;

namespace RunAi.Tests.Runs.Attending;

/// <summary>Whoever invokes a step owns its run: giving up suspends the workload and says what is left.</summary>
public sealed class StepInvocationTests : IDisposable
{
    private readonly AttendingFixture _f = new();

    public StepInvocationTests() => _f.Clock.Limits.Add(CancelledRun.Patience);

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task Step_IsSubmittedAndFollowedToItsEnd()
    {
        _f.OnRequest = request =>
        {
            if (request == "after POST /api/v1/workloads/trainings")
            {
                _f.Plane.End((string)_f.Plane.Created[0]["name"]!, "Completed");
            }
        };

        var invocation = await InvocationAsync();
        var (run, failure) = await RunAsync(invocation, default);

        Assert.Null(failure);
        Assert.Equal(StepRunState.Succeeded, run!.State);
        Assert.Equal(
            $"Stopped when run {run.RunId} had ended (Succeeded): nothing of it is left running. See it with: Get-RunAiStepRun {run.RunId}",
            await invocation.StopAsync("SIGTERM"));
        Assert.Equal(1, _f.Observer.ImagesReady);
        Assert.Equal(run.RunId, Assert.Single(_f.Observer.Submitted).RunId);
        Assert.Same(run, Assert.Single(_f.Observer.Ended));
        Assert.Equal(StepRunState.Succeeded, (await _f.RecordAsync(run)).State);
    }

    [Fact]
    public async Task GivenUp_SuspendsTheWorkload_AndSaysSo()
    {
        using var over = new CancellationTokenSource();
        var invocation = await InvocationAsync();
        _f.OnRequest = request =>
        {
            if (request.StartsWith("before GET /api/v1/workloads/", StringComparison.Ordinal))
            {
                over.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(invocation, over.Token));
        var left = await _f.Clock.DriveAsync(invocation.StopAsync());

        var name = (string)_f.Plane.Created[0]["name"]!;
        Assert.StartsWith($"Stopped: workload '{name}' is being suspended", left, StringComparison.Ordinal);
        Assert.Contains($"after POST /api/v1/workloads/trainings/{_f.Plane.IdOf(name)}/suspend", _f.Requests);
        var record = await _f.RecordAsync(Assert.Single(_f.Observer.Submitted));
        Assert.Equal(
            (StepRunState.Stopped, "Ctrl+C", Environment.MachineName), (record.State, record.StoppedBy!.How, record.StoppedBy.Host));
        Assert.Contains(
            $"stopped by Ctrl+C of an earlier command on {Environment.MachineName} at 2030-01-01", record.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        CancelAction.Leave, "Ended by SIGTERM; workload '{0}' goes on. Wait for it with: Resume-RunAiStepRun", StepRunState.Submitted)]
    [InlineData(CancelAction.Delete, "Stopped: workload '{0}' is being deleted.", StepRunState.Deleted)]
    public async Task GivenUp_DoesWhatIsAskedFor(CancelAction action, string said, StepRunState state)
    {
        using var over = new CancellationTokenSource();
        var invocation = await InvocationAsync(action);
        _f.OnRequest = request =>
        {
            if (request.StartsWith("before GET /api/v1/workloads/", StringComparison.Ordinal))
            {
                over.Cancel();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(invocation, over.Token));
        var left = await _f.Clock.DriveAsync(invocation.StopAsync("SIGTERM"));

        var name = (string)_f.Plane.Created[0]["name"]!;
        Assert.StartsWith(string.Format(System.Globalization.CultureInfo.InvariantCulture, said, name), left, StringComparison.Ordinal);
        Assert.DoesNotContain(_f.Requests, request => request.EndsWith("/suspend", StringComparison.Ordinal));
        var record = await _f.RecordAsync(Assert.Single(_f.Observer.Submitted));
        Assert.Equal((state, action == CancelAction.Delete ? "SIGTERM" : null), (record.State, record.StoppedBy?.How));
    }

    [Fact]
    public async Task GivenUp_BeforeTheRequest_RecordsThatNothingCameOfIt()
    {
        using var over = new CancellationTokenSource();
        var invocation = await InvocationAsync(key: "build/1");
        _f.OnRequest = request =>
        {
            if (request == "before POST /api/v1/workloads/trainings")
            {
                over.Cancel();
                over.Token.ThrowIfCancellationRequested();
            }
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(invocation, over.Token));
        _f.OnRequest = null;
        var left = await _f.Clock.DriveAsync(invocation.StopAsync("SIGTERM"));

        Assert.Contains("nothing is left", left, StringComparison.Ordinal);
        var journal = await _f.Services.JournalAsync(null, default);
        var record = (await journal.LastAsync(
            RunId.FromKey("build/1", (await _f.ConnectAsync()).Operator.RunAiBaseUrl, "vision"), default))!;
        Assert.True(record.NeverStarted);
        Assert.Contains("ended by SIGTERM", record.Message, StringComparison.Ordinal);
    }

    /// <summary>How many looks miss what was created, and when the last of them was.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.5)]
    [InlineData(2, 1.5)]
    [InlineData(3, 3)]
    public async Task GivenUp_WhileTheAnswerIsOut_SuspendsWhatShowsLate_InFiveSeconds(int missed, double seconds)
    {
        var invocation = await GivenUpAsync("after POST /api/v1/workloads/trainings");
        _f.Plane.MissedLooks = _f.Plane.Looks + missed;
        var begun = _f.Clock.GetUtcNow();

        var left = await _f.Clock.DriveAsync(invocation.StopAsync());

        Assert.Equal(TimeSpan.FromSeconds(seconds), _f.Clock.GetUtcNow() - begun);
        var name = (string)_f.Plane.Created[0]["name"]!;
        Assert.StartsWith($"Stopped: workload '{name}' is being suspended", left, StringComparison.Ordinal);
        Assert.Contains($"after POST /api/v1/workloads/trainings/{_f.Plane.IdOf(name)}/suspend", _f.Requests);
    }

    [Fact]
    public async Task GivenUp_BeforeTheRequestHasAnEffect_IsCertainInFiveSeconds()
    {
        var invocation = await GivenUpAsync("before POST /api/v1/workloads/trainings");
        var begun = _f.Clock.GetUtcNow();

        var left = await _f.Clock.DriveAsync(invocation.StopAsync());

        Assert.Contains("nothing is left", left, StringComparison.Ordinal);
        Assert.InRange(_f.Clock.GetUtcNow() - begun, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task GivenUp_WhenTheControlPlaneIsAway_SaysSoAfterFiveSeconds()
    {
        var invocation = await GivenUpAsync("after POST /api/v1/workloads/trainings");
        _f.Plane.IsAway = true;
        var begun = _f.Clock.GetUtcNow();

        var left = await _f.Clock.DriveAsync(invocation.StopAsync());

        var name = (string)_f.Plane.Created[0]["name"]!;
        Assert.StartsWith($"Stopped, but workload '{name}' could not be suspended and may still run: ", left, StringComparison.Ordinal);
        Assert.Contains("did not answer within 5 seconds", left, StringComparison.Ordinal);
        Assert.True(_f.Clock.GetUtcNow() - begun >= CancelledRun.Patience);
        Assert.True(CancelledRun.Patience <= TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task GivenUp_BeforeItIsSubmitted_SaysThatNothingIsLeft()
    {
        var invocation = await GivenUpAsync("before GET /api/v1/org-unit/projects");

        var left = await _f.Clock.DriveAsync(invocation.StopAsync("SIGTERM"));

        Assert.Equal("Step 'train' was ended by SIGTERM before it was submitted: nothing of it is left on the cluster.", left);
        Assert.Empty(_f.Plane.Created);
    }

    [Fact]
    public async Task Refused_SendsNothing_AndLeavesNothing()
    {
        var invocation = await InvocationAsync();

        var (run, failure) = await RunAsync(invocation, default, confirms: false);

        Assert.Null(run);
        Assert.Null(failure);
        Assert.Empty(_f.Plane.Created);
        Assert.Null(await invocation.StopAsync());
    }

    /// <summary>A step whose submission was ended at a request.</summary>
    private async Task<StepInvocation> GivenUpAsync(string at)
    {
        using var over = new CancellationTokenSource();
        var invocation = await InvocationAsync();
        _f.OnRequest = request =>
        {
            if (request == at)
            {
                over.Cancel();
                over.Token.ThrowIfCancellationRequested();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(invocation, over.Token));
        _f.OnRequest = null;
        return invocation;
    }

    private async Task<StepInvocation> InvocationAsync(CancelAction onCancel = CancelAction.Stop, string? key = null)
    {
        await _f.RegisterAsync();
        var stack = new StackResolver(_f.Services.Configuration).Resolve(null, "gpu");
        var submission = new StepSubmission(_f.Services, stack, _f.Observer) { RunKey = key };
        return new StepInvocation(_f.Services, submission, _f.Observer) { OnCancel = onCancel };
    }

    private async Task<(StepRun? Run, RunAiException? Failure)> RunAsync(
        StepInvocation invocation, CancellationToken ct, bool confirms = true)
    {
        var step = new Step { Name = "train", Image = "busybox", Command = ["train"] };
        return await _f.Clock.DriveAsync(invocation.RunAsync(await _f.ConnectAsync(), step, _ => Task.FromResult(confirms), ct));
    }
}
