using RunAi.Steps.Scripts;

namespace RunAi.Runs;

/// <summary>Makes the entries of a record that follow another, and the run that users hold of an entry.</summary>
internal static class RunRecordMapper
{
    /// <summary>The same with what a run says by now.</summary>
    public static RunRecord With(this RunRecord record, StepRun run, string? message = null)
    {
        var copy = record.Copy();
        Copy(run, copy);
        copy.Outputs = run.ScriptResult is { } given ? [.. run.Outputs.Values, given] : [.. run.Outputs.Values];
        copy.Message = message;
        copy.FirstSubmittedAt ??= run.SubmittedAt;
        (copy.Claim, copy.Owner, copy.Verdict, copy.Cause, copy.StoppedBy) = (null, null, null, null, null);
        return copy;
    }

    /// <summary>The same while the workload goes on.</summary>
    /// <param name="record">The entry before.</param>
    /// <param name="state">Where the run stands.</param>
    /// <param name="phase">The workload's phase.</param>
    public static RunRecord Going(this RunRecord record, StepRunState state, string phase)
    {
        var copy = record.Copy();
        (copy.State, copy.Phase, copy.Message) = (state, phase, null);
        (copy.Claim, copy.Owner, copy.StoppedBy) = (null, null, null);
        return copy;
    }

    /// <summary>The same after a command had the workload suspended.</summary>
    /// <param name="record">The entry before.</param>
    /// <param name="workloadId">The workload's id.</param>
    /// <param name="stop">Which command did.</param>
    public static RunRecord Stopped(this RunRecord record, string workloadId, RunStop stop)
    {
        var copy = record.Going(StepRunState.Stopped, "Stopping");
        (copy.WorkloadId, copy.StoppedBy) = (workloadId, stop);
        copy.Message = $"It was {stop}. The same command with its -RunKey resumes it, with -Force it replaces it.";
        return copy;
    }

    /// <summary>An entry that claims an attempt.</summary>
    public static RunRecord Claiming(this RunRecord record, int attempt)
    {
        var copy = record.Copy();
        (copy.State, copy.Attempt) = (StepRunState.Submitting, attempt);
        (copy.WorkloadId, copy.Phase, copy.Preemptions, copy.ExitCode, copy.PeakMemory) = (null, "", 0, null, null);
        (copy.SubmittedAt, copy.StartedAt, copy.EndedAt, copy.Outputs, copy.Warnings) = (null, null, null, [], []);
        copy.Replicas = [.. record.Replicas.Select(replica => new StepReplica { Name = replica.Name })];
        (copy.Message, copy.Cause, copy.Verdict, copy.StoppedBy) = (null, null, null, null);
        return copy;
    }

    /// <summary>Takes over what is known of the attempts before it.</summary>
    /// <param name="record">The entry that goes on.</param>
    /// <param name="last">The run's last entry, of the same attempt or the one before.</param>
    /// <param name="countsAnew">True when an attempt after it was asked for by the user, so that retries are counted from it on.</param>
    public static void ContinueFrom(this RunRecord record, RunRecord last, bool countsAnew)
    {
        var isLater = record.Attempt > last.Attempt;
        record.EarlierAttempts = isLater ? [.. last.EarlierAttempts, ToAttempt(last)] : last.EarlierAttempts;
        (record.FirstAttempt, record.FirstSubmittedAt) =
            isLater && countsAnew ? (record.Attempt, null) : (last.FirstAttempt, last.FirstSubmittedAt);
    }

    /// <summary>The run as users see it.</summary>
    /// <param name="record">The entry.</param>
    /// <param name="storeName">
    /// The name of the artifact store it was found in; null to go by the name it had where it was submitted.
    /// </param>
    public static StepRun ToRun(this RunRecord record, string? storeName)
    {
        var next = record.Verdict is { IsDue: true } due ? due.At : record.IsRetryToStart ? record.At : (DateTimeOffset?)null;
        var run = new StepRun
        {
            RunId = record.RunId,
            RunKey = record.RunKey,
            StepName = record.StepName,
            StepOperator = record.StepOperator,
            ProjectName = record.ProjectName,
            EarlierAttempts = record.EarlierAttempts,
            FirstSubmittedAt = record.FirstSubmittedAt,
            Verdict = record.Verdict,
            NextAttemptAt = next,
            HasNextAttempt = next is not null,
            PendingTimeout = record.PendingTimeout,
            WorkloadTimeout = record.WorkloadTimeout,
            RunTimeout = record.RunTimeout,
            Deadline = record.Deadline,
            MaxGpuHours = record.Guards?.MaxGpuHours,
            IdleBelow = record.Guards?.IdleBelow,
            IdleFor = record.Guards?.IdleFor,
            GpuTime = record.Guards?.GpuTime,
            Notify = record.Notify,
            Tags = new Dictionary<string, string>(record.Tags, StringComparer.OrdinalIgnoreCase),
            DistributedFramework = record.DistributedFramework,
            ArtifactStore = record.ArtifactStore is null ? null : storeName ?? record.ArtifactStore,
            Outputs = record.Outputs.Where(output => output.Name != ScriptStep.Result)
                .ToDictionary(output => output.Name, StringComparer.OrdinalIgnoreCase),
            ScriptResult = record.Outputs.FirstOrDefault(output => output.Name == ScriptStep.Result),
            Message = record.Message,
            Url = record.Url,
        };
        Copy(record, run);
        return run;
    }

    private static void Copy(IRunProgress from, IRunProgress to)
    {
        to.State = from.State;
        to.Attempt = from.Attempt;
        to.WorkloadName = from.WorkloadName;
        to.WorkloadId = from.WorkloadId;
        to.Phase = from.Phase;
        to.Image = from.Image;
        to.Replicas = [.. from.Replicas];
        to.SubmittedAt = from.SubmittedAt;
        to.StartedAt = from.StartedAt;
        to.EndedAt = from.EndedAt;
        to.Preemptions = from.Preemptions;
        to.ExitCode = from.ExitCode;
        to.PeakMemory = from.PeakMemory;
        to.IsCached = from.IsCached;
        to.Warnings = from.Warnings;
    }

    private static StepAttempt ToAttempt(RunRecord record) => new()
    {
        Attempt = record.Attempt,
        WorkloadName = record.WorkloadName,
        WorkloadId = record.WorkloadId,
        State = record.State,
        ExitCode = record.ExitCode,
        Cause = record.Cause,
        Message = record.Message,
        Preemptions = record.Preemptions,
        SubmittedAt = record.SubmittedAt,
        StartedAt = record.StartedAt,
        EndedAt = record.EndedAt,
        RetriedFor = record.Verdict is { IsDue: true } due ? due.Category.ToString() : null,
        RetryDelay = record.Verdict is { IsDue: true } drawn ? drawn.Delay : null,
    };
}
