using System.Collections.Concurrent;
using RunAi.Artifacts;

namespace RunAi.Runs;

/// <summary>
/// The records of runs: in the artifact store, which every machine sees, and in the local state folder; there alone when a step has no
/// store. Each entry is created under the next free number, so that two clients never write the same one.
/// </summary>
internal sealed class RunJournal
{
    private readonly IReadOnlyList<IArtifactStore> _places;
    private readonly TimeProvider _time;
    private readonly IActivityLog _log;

    /// <summary>
    /// The entries that claimed a run just now: what comes of the request, which follows at once, is written after them without reading
    /// them back.
    /// </summary>
    private readonly ConcurrentDictionary<PlacedRun, Claimed> _claimed = new();

    /// <param name="places">Where entries are kept, the one that decides first; none keeps nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Gets what goes wrong without ending anything.</param>
    public RunJournal(IReadOnlyList<IArtifactStore> places, TimeProvider time, IActivityLog log)
    {
        _places = places;
        _time = time;
        _log = log;
    }

    /// <summary>True to write nothing: what would be recorded is only worked out.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>Creates a run's first entry; false when the run has one already.</summary>
    /// <exception cref="ArtifactException">It cannot be written: then nothing may be submitted.</exception>
    public async Task<bool> TryBeginAsync(RunRecord record, CancellationToken ct)
    {
        record.At = _time.GetUtcNow();
        foreach (var place in Written)
        {
            if (!await place.TryCreateAsync(RunKeys.Record(record.RunId, 0), StoredJson.Bytes(record), ct).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Creates the entry of a number, which claims the run for its maker; false when another was faster. The first place decides, the
    /// others get a copy: one that cannot be written to is a warning.
    /// </summary>
    /// <exception cref="ArtifactException">It cannot be written: then nothing may be submitted.</exception>
    public async Task<bool> TryClaimAsync(RunRecord record, int sequence, CancellationToken ct)
    {
        record.At = _time.GetUtcNow();
        if (Written.Count == 0)
        {
            return true;
        }

        var (place, key) = (_places[0], RunKeys.Record(record.RunId, sequence));
        if (!await place.TryCreateAsync(key, StoredJson.Bytes(record), ct).ConfigureAwait(false)
            && (await StoredJson.ReadAsync<RunRecord>(place, key, ct).ConfigureAwait(false))?.Claim != record.Claim)
        {
            return false;
        }

        // It may also be our own entry that is there: of a request that was repeated since its answer was lost.
        _claimed[new PlacedRun(place, record.RunId)] = new Claimed(record.Copy(), sequence);
        await Task.WhenAll(_places.Skip(1).Select(copy => AppendAsync(copy, record, isFirst: true, ct))).ConfigureAwait(false);
        return true;
    }

    /// <summary>The last entry of a run in the place that decides, and the number after it; null and 0 when there is none.</summary>
    public Task<(RunRecord? Record, int Next)> ReadAsync(string runId, CancellationToken ct) =>
        _places.Count == 0 ? Task.FromResult<(RunRecord?, int)>((null, 0)) : LastAsync(_places[0], runId, ct);

    /// <summary>
    /// Adds an entry where the run has a record. What it tells has happened already, so a place that cannot be written to now is a warning
    /// and no failure.
    /// </summary>
    public async Task AppendAsync(RunRecord record, CancellationToken ct)
    {
        record.At = _time.GetUtcNow();
        await Task.WhenAll(Written.Select(place => AppendAsync(place, record, isFirst: false, ct))).ConfigureAwait(false);
    }

    /// <summary>Keeps an object beside the record of a run: in the place that decides, and a copy in the others.</summary>
    /// <exception cref="ArtifactException">It cannot be written to the place that decides.</exception>
    public async Task KeepAsync(string key, byte[] content, CancellationToken ct)
    {
        foreach (var place in Written)
        {
            try
            {
                await place.WriteAsync(key, content, ct).ConfigureAwait(false);
            }
            catch (ArtifactException trouble) when (place != _places[0])
            {
                _log.Warning($"No copy of {key} could be kept in {place.Uri}: {trouble.Message}");
            }
        }
    }

    /// <summary>
    /// Creates an object beside the record of a run, in the place that decides; false when it is there already, or nothing is kept.
    /// </summary>
    /// <exception cref="ArtifactException">It cannot be written.</exception>
    public async Task<bool> TryKeepAsync(string key, byte[] content, CancellationToken ct) =>
        Written.Count > 0 && await _places[0].TryCreateAsync(key, content, ct).ConfigureAwait(false);

    /// <summary>An object beside the record of a run; null when no place has it.</summary>
    public async Task<T?> FindAsync<T>(string key, CancellationToken ct)
        where T : class
    {
        foreach (var place in _places)
        {
            if (await StoredJson.ReadAsync<T>(place, key, ct).ConfigureAwait(false) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The last entry of a run; null when there is none. The first place that has the run answers.</summary>
    public async Task<RunRecord?> LastAsync(string runId, CancellationToken ct)
    {
        foreach (var place in _places)
        {
            if ((await LastAsync(place, runId, ct).ConfigureAwait(false)).Record is { } last)
            {
                return last;
            }
        }

        return null;
    }

    private IReadOnlyList<IArtifactStore> Written => IsRehearsal ? [] : _places;

    private async Task AppendAsync(IArtifactStore place, RunRecord record, bool isFirst, CancellationToken ct)
    {
        try
        {
            var bytes = StoredJson.Bytes(record);
            if (_claimed.TryRemove(new PlacedRun(place, record.RunId), out var own) && !IsNoNews(own.Entry, record)
                && await place.TryCreateAsync(RunKeys.Record(record.RunId, own.Sequence + 1), bytes, ct).ConfigureAwait(false))
            {
                return;
            }

            var (last, sequence) = await LastAsync(place, record.RunId, ct).ConfigureAwait(false);
            while ((isFirst || last is not null) && !(last is not null && IsNoNews(last, record)))
            {
                if (await place.TryCreateAsync(RunKeys.Record(record.RunId, sequence), bytes, ct).ConfigureAwait(false))
                {
                    if (isFirst)
                    {
                        _claimed[new PlacedRun(place, record.RunId)] = new Claimed(record.Copy(), sequence);
                    }

                    return;
                }

                // Another client was faster with this number; perhaps with the same news.
                last = await StoredJson.ReadAsync<RunRecord>(place, RunKeys.Record(record.RunId, sequence), ct).ConfigureAwait(false);
                sequence++;
            }
        }
        catch (RunAiException trouble)
        {
            _log.Warning($"The record of run {record.RunId} could not be brought up to '{record.State}' in {place.Uri}: {trouble.Message}");
        }
    }

    /// <summary>True for what is recorded already, and for news of an attempt that another has followed.</summary>
    private static bool IsNoNews(RunRecord last, RunRecord record) =>
        last.Attempt > record.Attempt
        || (last.State == record.State && last.Attempt == record.Attempt && last.WorkloadId == record.WorkloadId);

    /// <summary>A run's last entry and the number after it.</summary>
    private static async Task<(RunRecord? Record, int Next)> LastAsync(IArtifactStore place, string runId, CancellationToken ct)
    {
        RunRecord? last = null;
        for (var sequence = 0; ; sequence++)
        {
            if (await StoredJson.ReadAsync<RunRecord>(place, RunKeys.Record(runId, sequence), ct).ConfigureAwait(false) is not { } entry)
            {
                return (last, sequence);
            }

            last = entry;
        }
    }

    private sealed record PlacedRun(IArtifactStore Place, string RunId);

    private sealed record Claimed(RunRecord Entry, int Sequence);
}
