using RunAi.Artifacts;
using RunAi.RunManifest;

namespace RunAi.Runs;

/// <summary>Reads how the replicas of a distributed run ended.</summary>
internal static class ReplicaResults
{
    private const int AtOnce = 16;

    /// <summary>The results of all replicas but the first that left one, by name.</summary>
    public static async Task<IReadOnlyDictionary<string, RunResult>> ReadAsync(IArtifactStore store, StepRun run, CancellationToken ct)
    {
        var listed = await store.ListAsync(RunKeys.Replicas(run.RunId, run.Attempt), ct).ConfigureAwait(false);
        var there = new HashSet<string>(listed.Select(stored => stored.Key), StringComparer.Ordinal);
        string[] names = [.. run.Replicas.Skip(1).Select(replica => replica.Name)
            .Where(name => there.Contains(RunKeys.Result(run.RunId, run.Attempt, name)))];
        var results = new Dictionary<string, RunResult>(StringComparer.Ordinal);
        await Concurrently.InTurnsAsync(names, name => LatestAsync(store, run, name, ct), Take, AtOnce).ConfigureAwait(false);
        return results;

        bool Take(string name, RunResult? result)
        {
            if (result is not null)
            {
                results[name] = result;
            }

            return true;
        }
    }

    /// <summary>
    /// A replica's result; null when it has none, or started again since it failed: then that failure is got over, and what ended it later
    /// was the end of the others.
    /// </summary>
    /// <param name="store">The run's store.</param>
    /// <param name="run">The run.</param>
    /// <param name="name">The replica; null for the first one.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async Task<RunResult?> LatestAsync(IArtifactStore store, StepRun run, string? name, CancellationToken ct)
    {
        var result = await StoredJson.ReadAsync<RunResult>(store, RunKeys.Result(run.RunId, run.Attempt, name), ct).ConfigureAwait(false);
        if (result is null || result.RunId != run.RunId || result.Outcome == RunOutcome.Succeeded)
        {
            return result?.RunId == run.RunId ? result : null;
        }

        var head = await StoredJson.ReadAsync<LogHead>(store, RunKeys.LogHead(run.RunId, run.Attempt, name), ct).ConfigureAwait(false);
        return head?.Starts > result.Start ? null : result;
    }

    /// <summary>Brings the run's replicas up to their results.</summary>
    public static void Apply(StepRun run, RunResult? first, IReadOnlyDictionary<string, RunResult> others)
    {
        for (var i = 0; i < run.Replicas.Length; i++)
        {
            var name = run.Replicas[i].Name;
            if ((i == 0 ? first : others.TryGetValue(name, out var other) ? other : null) is { } result)
            {
                run.Replicas[i] = Describe(name, result);
            }
        }
    }

    /// <summary>
    /// The result of the replica that failed first: when one fails the others mostly do for lack of it. Null when none tells of a failure.
    /// </summary>
    public static RunResult? FirstFailure(RunResult? first, IReadOnlyDictionary<string, RunResult> others) =>
        others.Values.Append(first).OfType<RunResult>().Where(result => result.Outcome != RunOutcome.Succeeded)
            .OrderBy(result => result.EndedAt).FirstOrDefault();

    private static StepReplica Describe(string name, RunResult result) => new()
    {
        Name = name,
        State = result.Outcome switch
        {
            RunOutcome.Succeeded => StepRunState.Succeeded,
            RunOutcome.TimedOut => StepRunState.TimedOut,
            _ => StepRunState.Failed,
        },
        ExitCode = result.ExitCode,
        PeakMemory = result.PeakMemory > 0 ? result.PeakMemory : null,
        StartedAt = result.StartedAt,
        EndedAt = result.EndedAt,
        Message = result.Message,
    };
}
