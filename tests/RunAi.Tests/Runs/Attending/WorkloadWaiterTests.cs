using RunAi.Runs.Attending;

namespace RunAi.Tests.Runs.Attending;

/// <summary>Runs and workloads that are waited for together come back one by one, each with its failure.</summary>
public sealed class WorkloadWaiterTests : IDisposable
{
    private readonly AttendingFixture _f = new();
    private readonly List<(object Ended, RunAiException? Failure)> _ended = [];
    private readonly List<(AwaitedWorkload Workload, RunAiException Failure)> _refused = [];

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task RunsAndWorkloads_ComeBack_AndEachRunsEndIsRecorded()
    {
        var (good, bad, plain) = (await _f.SubmitAsync("good"), await _f.SubmitAsync("bad"), await _f.SubmitAsync("plain"));
        _f.Plane.End(good.WorkloadName, "Completed");
        _f.Plane.End(bad.WorkloadName, "Failed");
        _f.Plane.End(plain.WorkloadName, "Completed");

        await WaitAsync(
            new(good.WorkloadId, good.WorkloadName, good), new(bad.WorkloadId, bad.WorkloadName, bad), new(null, plain.WorkloadName, null));

        Assert.Equal(3, _ended.Count);
        Assert.Null(_ended.Single(item => item.Ended == good).Failure);
        var failure = Assert.IsType<StepRunFailedException>(_ended.Single(item => item.Ended == bad).Failure);
        Assert.Same(bad, failure.Run);
        Assert.Same(bad, failure.Target);
        Assert.Equal(plain.WorkloadId, _ended.Select(item => item.Ended).OfType<Workload>().Single().WorkloadId);
        Assert.Equal(
            (StepRunState.Succeeded, StepRunState.Failed), ((await _f.RecordAsync(good)).State, (await _f.RecordAsync(bad)).State));
        Assert.Equal(StepRunState.Submitted, (await _f.RecordAsync(plain)).State);
        Assert.Equal(0, _f.Observer.Waits.Last().Count);
    }

    [Fact]
    public async Task GivenTwice_ComesBackOnce()
    {
        var run = await _f.SubmitAsync();
        _f.Plane.End(run.WorkloadName, "Completed");

        await WaitAsync(new(run.WorkloadId, run.WorkloadName, run), new(run.WorkloadId, run.WorkloadName, null));

        Assert.Same(run, Assert.Single(_ended).Ended);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task DeleteOnFailure_DeletesTheWorkloadOfARun_AndOfNothingElse(bool isRun, int deletions)
    {
        _f.Operator.DeleteOnFailure = true;
        var run = await _f.SubmitAsync();
        _f.Plane.End(run.WorkloadName, "Failed");

        await WaitAsync(new AwaitedWorkload(run.WorkloadId, run.WorkloadName, isRun ? run : null));

        Assert.NotNull(Assert.Single(_ended).Failure);
        Assert.Equal(deletions, _f.Requests.Count(request => request.StartsWith("before DELETE ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task OneThatDoesNotExist_LeavesTheOthersTheirWait()
    {
        var run = await _f.SubmitAsync();
        _f.Plane.End(run.WorkloadName, "Completed");

        await WaitAsync(new(null, "nobody", null), new(run.WorkloadId, run.WorkloadName, run));

        Assert.Equal(
            (run, "nobody", ErrorIds.WorkloadNotFound),
            (_ended.Single().Ended, Assert.Single(_refused).Workload.Name, _refused[0].Failure.ErrorId));
    }

    private async Task WaitAsync(params AwaitedWorkload[] awaited)
    {
        var waiter = new WorkloadWaiter(_f.Services, await _f.ConnectAsync(), _f.Observer)
        {
            Refused = (workload, failure) => _refused.Add((workload, failure)),
        };
        await _f.Clock.DriveAsync(waiter.WaitAsync(awaited, (ended, failure) => _ended.Add((ended, failure)), default));
    }
}
