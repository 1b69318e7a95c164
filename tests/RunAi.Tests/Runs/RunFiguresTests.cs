using RunAi.Runs;

namespace RunAi.Tests.Runs;

public sealed class RunFiguresTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Line_TellsAllThatIsKnown()
    {
        var run = Ended();
        run.Preemptions = 1;
        run.Outputs["model"] = new Artifact();
        run.EarlierAttempts = [new StepAttempt { Preemptions = 2 }];
        var usage = new WorkloadUsage
        {
            GpuRequested = 0.5,
            GpuHours = 0.351,
            GpuUtilizationMean = 70.6,
            RunningTime = TimeSpan.FromSeconds(2530),
        };

        Assert.Equal(
            "runai-train-x: Succeeded, exit code 0, waited 00:03:05, ran 00:42:10, 0.35 GPU hours, mean GPU use 71 %, 3 preemptions, 1 "
            + "earlier attempt, output model. https://org.run.ai/x",
            new RunFigures(run, usage).Line());
    }

    [Fact]
    public void Line_OfARunWithoutAGpuOrWithoutMeasurements_LeavesOutWhatIsNotKnown()
    {
        Assert.Equal(
            "runai-train-x: Succeeded, exit code 0, waited 00:03:05, ran 00:45:00. https://org.run.ai/x",
            new RunFigures(Ended(), null).Line());
        Assert.Equal(
            "runai-train-x: Succeeded, exit code 0, waited 00:03:05, ran 00:45:00. https://org.run.ai/x",
            new RunFigures(Ended(), new WorkloadUsage { GpuRequested = 0, GpuHours = 0 }).Line());
    }

    [Fact]
    public void Line_OfARunThatNeverRan_SaysHowLongItTook()
    {
        var run = new StepRun
        {
            WorkloadName = "runai-train-x",
            State = StepRunState.TimedOut,
            SubmittedAt = Noon,
            EndedAt = Noon.AddMinutes(10),
        };

        Assert.Equal("runai-train-x: TimedOut, after 00:10:00.", new RunFigures(run, null).Line());
    }

    private static StepRun Ended() => new()
    {
        WorkloadName = "runai-train-x",
        State = StepRunState.Succeeded,
        ExitCode = 0,
        SubmittedAt = Noon,
        StartedAt = Noon.AddSeconds(185),
        EndedAt = Noon.AddSeconds(185).AddMinutes(45),
        Url = "https://org.run.ai/x",
    };
}
