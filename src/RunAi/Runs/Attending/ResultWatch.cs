using RunAi.Artifacts;
using RunAi.Watching;

namespace RunAi.Runs.Attending;

/// <summary>
/// Looks for the result that the step runner of a run writes last, by one small request now and then, so that the end of the workload is
/// not waited for through a long pause between two polls.
/// </summary>
internal sealed class ResultWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(30);

    private readonly IArtifactStore _store;
    private readonly TimeProvider _time;

    /// <param name="store">The run's store.</param>
    /// <param name="time">The clock.</param>
    public ResultWatch(IArtifactStore store, TimeProvider time) => (_store, _time) = (store, time);

    /// <summary>
    /// Gives a sign when the result is there, and each time it is written anew by a later start. Ends when it is cancelled.
    /// </summary>
    /// <param name="hint">Gets the sign.</param>
    /// <param name="run">The run in the attempt that is waited for.</param>
    /// <param name="over">Ends it.</param>
    public async Task GiveAsync(EndHint hint, StepRun run, CancellationToken over)
    {
        var key = RunKeys.Result(run.RunId, run.Attempt);
        DateTimeOffset? seen = null;
        try
        {
            while (true)
            {
                var pause = Pause;
                try
                {
                    if (await _store.FindAsync(key, over).ConfigureAwait(false) is { } found && found.ModifiedAt != seen)
                    {
                        seen = found.ModifiedAt;
                        hint.Give();
                    }
                }
                catch (ArtifactException)
                {
                    // It is only a sign: the workload's own end is seen in any case.
                    pause = LongPause;
                }

                await _time.DelayAsync(pause, over).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return;
        }
    }
}
