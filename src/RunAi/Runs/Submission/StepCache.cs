using RunAi.Artifacts;
using RunAi.RunManifest;

namespace RunAi.Runs;

/// <summary>Finds the outputs of an earlier run that was the same in all that makes the result.</summary>
internal sealed class StepCache
{
    private readonly IArtifactStore _store;
    private readonly IActivityLog _log;

    public StepCache(IArtifactStore store, IActivityLog log)
    {
        _store = store;
        _log = log;
    }

    /// <summary>The earlier run with its outputs; null when there is none, or its outputs are no longer all there.</summary>
    public async Task<StepRun?> FindAsync(string key, Step step, CancellationToken ct)
    {
        if (await StoredJson.ReadAsync<CacheEntry>(_store, KeyOf(key), ct).ConfigureAwait(false) is not { } entry
            || await RunResults.FindAsync(
                _store, entry.RunId, entry.Attempt, ct).ConfigureAwait(false) is not { Outcome: RunOutcome.Succeeded } result)
        {
            return null;
        }

        var run = new StepRun { RunId = entry.RunId, Attempt = entry.Attempt };
        RunResults.Apply(result, run, _store);
        foreach (var name in step.Output)
        {
            if (!result.Outputs.Any(output => output.Name == name) || !await IsThereAsync(entry, result, name, ct).ConfigureAwait(false))
            {
                _log.Verbose($"The outputs of run {entry.RunId} are remembered for this step, but '{name}' is no longer there.");
                return null;
            }
        }

        return run;
    }

    /// <summary>Remembers a run that succeeded. It is a help for later: trouble is only told.</summary>
    public async Task RememberAsync(string key, StepRun run, CancellationToken ct)
    {
        try
        {
            var entry = new CacheEntry { RunId = run.RunId, Attempt = run.Attempt };
            await _store.WriteAsync(KeyOf(key), StoredJson.Bytes(entry), ct).ConfigureAwait(false);
        }
        catch (ArtifactException trouble)
        {
            _log.Warning($"Run {run.RunId} could not be remembered for -Cache: {trouble.Message}");
        }
    }

    private static string KeyOf(string key) => $"{RunKeys.Cache}{key}.json";

    private async Task<bool> IsThereAsync(CacheEntry entry, RunResult result, string name, CancellationToken ct)
    {
        var folder = RunKeys.Output(entry.RunId, entry.Attempt, name);
        var parts = result.Outputs.First(output => output.Name == name).Parts;
        foreach (var (key, size) in parts.Select(part => (part.Key, (long?)part.Size)).Prepend((ArtifactDescriptor.Key, null)))
        {
            var found = await _store.FindAsync($"{folder}/{key}", ct).ConfigureAwait(false);
            if (found is null || (size is not null && found.Size != size))
            {
                return false;
            }
        }

        return true;
    }
}
