using RunAi.Artifacts;
using RunAi.RunManifest;
using RunAi.Runs.Log;

namespace RunAi.Runs;

/// <summary>What an attempt left in its artifact store: the result that its step runner wrote, and how the log beside it ends.</summary>
/// <param name="Result">The result, of a distributed run that of the replica that says how it ended; null when there is none.</param>
/// <param name="LastLogLines">The last lines of its log, fit to be shown; none for an attempt that succeeded.</param>
internal sealed record AttemptEvidence(RunResult? Result, IReadOnlyList<string> LastLogLines)
{
    private const int LastLines = 20;

    /// <summary>Reads them.</summary>
    /// <exception cref="ArtifactException">The store cannot be read.</exception>
    public static async Task<AttemptEvidence> ReadAsync(IArtifactStore store, StepRun run, CancellationToken ct)
    {
        var attempt = run.Attempt;
        var result = await RunResults.DecidingAsync(store, run, ct).ConfigureAwait(false);
        if (result?.Outcome == RunOutcome.Succeeded)
        {
            return new AttemptEvidence(result, []);
        }

        var log = new RunLog(store, run.RunId, new LogPosition(attempt, 0, default))
        {
            Attempt = attempt,
            Until = attempt,
            Replica = ReplicaNames.KeyOf(run, result?.Replica),
        };
        var last = await log.TailAsync(LastLines, ct).ConfigureAwait(false);
        return new AttemptEvidence(
            result, [.. last.Where(line => line.Attempt == attempt).Select(line => LogText.Clean(line.Text, underAzureDevOps: true))]);
    }
}
