namespace RunAi.Runs.Attending;

/// <summary>Puts the run in order that was being followed when its follower was ended early.</summary>
internal sealed class FollowedRunStop
{
    private readonly RunFollower _follower;
    private readonly StepRun _run;
    private readonly CancelledRun _cancelled;

    /// <param name="follower">What followed the run.</param>
    /// <param name="run">The run, as it was when that began.</param>
    /// <param name="cancelled">Puts a workload of it in order.</param>
    public FollowedRunStop(RunFollower follower, StepRun run, CancelledRun cancelled) =>
        (_follower, _run, _cancelled) = (follower, run, cancelled);

    /// <summary>Does what is asked for with the workload that the follower was at.</summary>
    /// <param name="action">What becomes of it.</param>
    /// <param name="how">What ended the work, such as <c>Ctrl+C</c>.</param>
    /// <returns>What is left and what to do with it.</returns>
    public async Task<string> EndAsync(CancelAction action, string how) => _follower switch
    {
        { WorkloadName: { } name } => await _cancelled.EndAsync(action, name, _follower.WorkloadId, how).ConfigureAwait(false),
        { Ended: { } ended } => $"Stopped when run {ended.RunId} had ended ({ended.State}): nothing of it is left running. See it with: "
            + $"Get-RunAiStepRun {ended.RunId}",
        _ => $"Stopped between two attempts of run {_run.RunId}: no workload of it is left running, and no other is made. Go on with: "
            + $"Resume-RunAiStepRun {_run.RunId} -Wait",
    };
}
