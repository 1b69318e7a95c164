using RunAi.Runs;

namespace RunAi.Tests.Runs.Attending;

/// <summary>A run is found by each text that names it, and by no other.</summary>
public sealed class RunFinderTests : IDisposable
{
    private readonly AttendingFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task Run_IsFoundByIdWorkloadAndStep_InLettersOfEitherCase()
    {
        await _f.RegisterAsync();
        var (run, other) = (await _f.SubmitAsync("train"), await _f.SubmitAsync("other"));

        foreach (var text in new[]
        {
            run.RunId, run.RunId.ToLowerInvariant(), run.WorkloadName, run.WorkloadName.ToUpperInvariant(), run.WorkloadId!,
            "train", "TRAIN",
        })
        {
            Assert.Equal(run.RunId, (await Finder().FindAsync(text, null, default)).RunId);
        }

        Assert.Equal(other.RunId, (await Finder().FindAsync("other", null, default)).RunId);
    }

    [Fact]
    public async Task RunOfAKey_IsFoundByTheKey_AlsoWhenItsRecordDoesNotHaveIt()
    {
        await _f.RegisterAsync();
        var context = await _f.Services.ContextAsync(await _f.ConnectAsync(), await _f.Services.JournalAsync(null, default), default);
        var runId = RunId.FromKey("build/1", _f.Operator.RunAiBaseUrl, _f.Operator.ProjectName);
        var step = new Step { Name = "keyed", Image = "busybox", Command = ["train"] };
        await _f.Clock.DriveAsync(
            new StepSubmitter(context).SubmitAsync(step, new RunRequest(runId) { IsKeyed = true }, _ => Task.FromResult(true), default));

        Assert.Equal((runId, "build/1"), Found(await Finder().FindByKeyAsync("build/1", null, default)));
        Assert.Equal((runId, "build/1"), Found(await Finder().FindAsync("build/1", null, default)));
        var unknown = await Assert.ThrowsAsync<RunAiException>(() => Finder().FindByKeyAsync("build/2", null, default));
        Assert.Equal((ErrorIds.RunNotFound, "build/2"), (unknown.ErrorId, unknown.Target));

        static (string, string?) Found(StepRun run) => (run.RunId, run.RunKey);
    }

    [Fact]
    public async Task Key_IsRecorded()
    {
        await _f.RegisterAsync();
        var context = await _f.Services.ContextAsync(await _f.ConnectAsync(), await _f.Services.JournalAsync(null, default), default);
        var request = new RunRequest(RunId.New(_f.Clock)) { IsKeyed = true, RunKey = "build/3" };
        var step = new Step { Name = "keyed", Image = "busybox", Command = ["train"] };

        var run = (await _f.Clock.DriveAsync(new StepSubmitter(context).SubmitAsync(step, request, _ => Task.FromResult(true), default)))!;

        Assert.Equal(("build/3", "build/3"), (run.RunKey, (await _f.RecordAsync(run)).RunKey));
    }

    [Fact]
    public async Task StepOfSeveralRuns_IsAmbiguousWhereOneMustBeMeant()
    {
        await _f.RegisterAsync();
        var (first, second) = (await _f.SubmitAsync(), await _f.SubmitAsync());

        var failure = await Assert.ThrowsAsync<RunAiException>(() => Finder(mustBeOnly: true).FindAsync("train", null, default));

        Assert.Equal((ErrorIds.RunAmbiguous, "train"), (failure.ErrorId, failure.Target));
        Assert.Contains(first.RunId, failure.Message, StringComparison.Ordinal);
        Assert.Contains(second.RunId, failure.Message, StringComparison.Ordinal);
        Assert.Equal(first.RunId, (await Finder(mustBeOnly: true).FindAsync(first.WorkloadName, null, default)).RunId);
    }

    private RunFinder Finder(bool mustBeOnly = false) => new(_f.Services, _f.Operator) { MustBeOnly = mustBeOnly };
}
