using RunAi.Artifacts;
using RunAi.Diagnosis;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Watching;
using RunAi.Workloads;

namespace RunAi.Tests.Runs;

/// <summary>
/// The message and the record of every ending: each phase of the API, by whom the workload was ended, and whether it ran. What they say has
/// to be true and possible, whatever the combination.
/// </summary>
public sealed class EveryEndingTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RunStop ByUs = new(RunStop.Interrupt, "build-7", Start.AddMinutes(4));

    /// <summary>Who or what ended it.</summary>
    public enum Ender
    {
        Itself,
        OurClock,
        OurInterrupt,
        Somebody,
        Runner,
    }

    public static TheoryData<string, Ender, bool> All
    {
        get
        {
            var all = new TheoryData<string, Ender, bool>();
            foreach (var phase in WorkloadPhases.All)
            {
                foreach (var ender in Enum.GetValues<Ender>())
                {
                    all.Add(phase, ender, true);
                    all.Add(phase, ender, false);
                }
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(All))]
    public async Task MessageAndRecord_AreTrue(string phase, Ender ender, bool hasRun)
    {
        if (OutcomeOf(phase, ender, hasRun) is not { } outcome || (ender == Ender.Runner && !hasRun))
        {
            return;
        }

        var store = new MemoryStore();
        var run = new StepRun
        {
            RunId = "01JD",
            StepName = "train",
            WorkloadName = "runai-train-x",
            WorkloadId = "w",
            State = StepRunState.Submitted,
            SubmittedAt = Start,
            ArtifactStore = "blobs",
            RunTimeout = TimeSpan.FromMinutes(3),
        };
        var before = new RunRecord
        {
            RunId = "01JD",
            State = StepRunState.Submitted,
            WorkloadId = "w",
            WorkloadName = "runai-train-x",
            ArtifactStore = "blobs",
        };
        store.Objects["runs/01JD/0000.json"] = StoredJson.Bytes(ender == Ender.OurInterrupt ? before.Stopped("w", ByUs) : before);
        if (ender == Ender.Runner)
        {
            store.Objects[RunKeys.Result("01JD", 1)] = StoredJson.Bytes(new RunResult
            {
                RunId = "01JD",
                Attempt = 1,
                Outcome = RunOutcome.TimedOut,
                ExitCode = 143,
                Message = "The command ran longer than its limit of 180 s, and was ended.",
                StartedAt = Start.AddMinutes(1),
            });
        }

        var log = new RecordingLog();
        var journal = new RunJournal([store], TimeProvider.System, log);
        var failure = await new RunFinalizer(store, journal, log).FinalizeAsync(
            run, new WorkloadResult(outcome, Start.AddMinutes(5), EvidenceOf(outcome, hasRun)), default);
        var record = (await journal.LastAsync("01JD", default))!;

        // The record and the run say the same, and the failure has the run.
        Assert.Equal(run.State, record.State);
        Assert.NotEqual(StepRunState.Submitted, record.State);
        Assert.NotNull(failure);
        Assert.Same(run, failure.Target);
        Assert.Equal(run.Message, failure.Message.Split('\n')[0]);

        // What never ran never started and took no time.
        Assert.Equal(hasRun, run.StartedAt is not null);
        Assert.Equal(hasRun, run.Duration is not null);
        Assert.True(run.StartedAt is null || run.StartedAt >= run.SubmittedAt);

        // Only what is suspended can be resumed, and what is gone can be neither resumed nor removed.
        var isSuspended = outcome.IsStopped && !outcome.IsDeleted;
        var isPut = phase is WorkloadPhases.Failed or WorkloadPhases.Completed || outcome.Kind == WatchOutcomeKind.Deleted;
        Assert.Equal(isSuspended && !isPut, failure.Message.Contains("Resume-RunAiWorkload", StringComparison.Ordinal));
        Assert.Equal(outcome.Kind != WatchOutcomeKind.Deleted, failure.Message.Contains("Remove-RunAiWorkload", StringComparison.Ordinal));

        // Nobody else is blamed for what we did, nor we for what others did.
        Assert.Equal(
            ender == Ender.OurInterrupt && outcome.Kind == WatchOutcomeKind.Stopped,
            failure.Message.Contains("stopped by Ctrl+C of an earlier command on build-7", StringComparison.Ordinal));
        Assert.Equal(
            ender is Ender.Somebody or Ender.Itself && outcome.Kind == WatchOutcomeKind.Stopped,
            failure.Message.Contains("by somebody", StringComparison.Ordinal));

        // One exit code at the most.
        Assert.DoesNotContain("143", failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            ender == Ender.Runner ? StepRunState.TimedOut
                : ender == Ender.OurClock && outcome.Kind == WatchOutcomeKind.TimedOut ? StepRunState.TimedOut : run.State,
            run.State);
        Assert.Equal(run.State == StepRunState.TimedOut ? ErrorIds.WorkloadTimeout : failure.ErrorId, failure.ErrorId);
    }

    /// <summary>How a wait ends on a workload in that phase; null where it goes on.</summary>
    private static WatchOutcome? OutcomeOf(string phase, Ender ender, bool hasRun)
    {
        var workload = new Workload
        {
            WorkloadId = "w",
            Name = "runai-train-x",
            Phase = phase,
            CreatedAt = Start,
            PhaseUpdatedAt = Start.AddMinutes(4),
            RunningTime = hasRun ? TimeSpan.FromMinutes(3) : TimeSpan.Zero,
        };
        var kind = WorkloadPhases.Classify(phase);
        if (ender == Ender.OurClock)
        {
            // Clocks tick on what has not ended; what runs has run.
            return kind is PhaseClass.Active && (hasRun || !WorkloadPhases.IsRunning(phase))
                ? new WatchOutcome(WatchOutcomeKind.TimedOut, workload)
                {
                    Limit = new LimitReading(
                        hasRun ? "RunTimeout" : "PendingTimeout", TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3), true),
                    IsStopped = true,
                    HasRun = hasRun,
                }
                : null;
        }

        return kind switch
        {
            PhaseClass.Failed when ender is Ender.Itself or Ender.Runner =>
                new WatchOutcome(WatchOutcomeKind.Failed, workload) { HasRun = hasRun },
            PhaseClass.Stopped when ender is not Ender.Runner =>
                new WatchOutcome(WatchOutcomeKind.Stopped, workload) { IsStopped = true, HasRun = hasRun },
            PhaseClass.Terminating or PhaseClass.Active or PhaseClass.Unknown when ender == Ender.Somebody
                && (hasRun || !WorkloadPhases.IsRunning(phase)) =>
                new WatchOutcome(WatchOutcomeKind.Deleted, workload) { IsDeleted = true, HasRun = hasRun },
            _ => null,
        };
    }

    private static DiagnosisInput EvidenceOf(WatchOutcome outcome, bool hasRun)
    {
        WorkloadHistoryEntry[] history =
        [
            new() { Time = Start, Type = "PhaseUpdate", Phase = WorkloadPhases.Pending },
            .. hasRun
                ? [new WorkloadHistoryEntry { Time = Start.AddMinutes(1), Type = "PhaseUpdate", Phase = WorkloadPhases.Running }]
                : Array.Empty<WorkloadHistoryEntry>(),
            new() { Time = Start.AddMinutes(4), Type = "PhaseUpdate", Phase = outcome.Workload.Phase },
        ];
        var hints = new DiagnosisHints
        {
            RanOut = outcome.Limit is { } clock ? OutcomeErrors.RanOut(clock, outcome.Workload) : null,
            RanOutPending = outcome.Limit is { Name: TimeLimitReader.Pending },
            IsGone = outcome.Kind == WatchOutcomeKind.Deleted,
        };
        return new DiagnosisInput(outcome.Workload, [], history, hints, []);
    }
}
