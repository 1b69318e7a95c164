using System.Globalization;
using RunAi.Artifacts;

namespace RunAi.Runs;

/// <summary>Lists the runs that are recorded in artifact stores and on this machine.</summary>
internal sealed class RunCatalog
{
    private const int AtOnce = 16;

    private readonly IReadOnlyList<RecordStore> _places;

    /// <param name="places">Where records are, the one that decides first.</param>
    public RunCatalog(IReadOnlyList<RecordStore> places) => _places = places;

    /// <summary>Tells the last entry of each run that is wanted, the newest run first, as they are read.</summary>
    /// <param name="mayBe">Whether a run id may be wanted, so that records that are not need not be read.</param>
    /// <param name="isWanted">Whether a record is wanted.</param>
    /// <param name="most">At most this many.</param>
    /// <param name="tell">Gets each record and the place it is from.</param>
    /// <param name="ct">Ends the listing.</param>
    public async Task ListAsync(
        Func<string, bool> mayBe, Func<RunRecord, bool> isWanted, int most, Action<RunRecord, RecordStore> tell, CancellationToken ct)
    {
        var listed = new Dictionary<string, Listed>(StringComparer.Ordinal);
        foreach (var place in _places)
        {
            foreach (var run in await ListAsync(place, ct).ConfigureAwait(false))
            {
                if (mayBe(run.RunId) && !listed.ContainsKey(run.RunId))
                {
                    listed.Add(run.RunId, run);
                }
            }
        }

        var ordered = listed.Values.OrderByDescending(run => run.BeganAt).ThenByDescending(
            run => run.RunId, StringComparer.Ordinal).ToArray();
        if (most > 0)
        {
            await Concurrently.InTurnsAsync(ordered, ReadAsync, Take, AtOnce).ConfigureAwait(false);
        }

        Task<RunRecord?> ReadAsync(Listed run) =>
            StoredJson.ReadAsync<RunRecord>(run.Place.Store, RunKeys.Record(run.RunId, run.Last), ct);

        bool Take(Listed run, RunRecord? record)
        {
            if (record is not null && isWanted(record))
            {
                tell(record, run.Place);
                most--;
            }

            return most > 0;
        }
    }

    /// <summary>The last entry of a run; null when there is none.</summary>
    public async Task<(RunRecord Record, RecordStore Place)?> FindAsync(
        string runId, TimeProvider time, IActivityLog log, CancellationToken ct)
    {
        foreach (var place in _places)
        {
            if (await new RunJournal([place.Store], time, log).LastAsync(runId, ct).ConfigureAwait(false) is { } record)
            {
                return (record, place);
            }
        }

        return null;
    }

    /// <summary>The runs of a place, each with the number of its last entry.</summary>
    private static async Task<IReadOnlyCollection<Listed>> ListAsync(RecordStore place, CancellationToken ct)
    {
        var runs = new Dictionary<string, Listed>(StringComparer.Ordinal);
        foreach (var stored in await place.Store.ListAsync(RunKeys.Runs, ct).ConfigureAwait(false))
        {
            var parts = stored.Key.Split('/');
            if (parts.Length == 3 && parts[2].EndsWith(RunKeys.RecordEnding, StringComparison.Ordinal)
                && int.TryParse(
                    parts[2].Substring(0, parts[2].Length - RunKeys.RecordEnding.Length), NumberStyles.None, CultureInfo.InvariantCulture,
                    out var sequence))
            {
                runs[parts[1]] = runs.TryGetValue(parts[1], out var run)
                    ? run with { Last = Math.Max(run.Last, sequence) }
                    : new Listed(parts[1], stored.ModifiedAt, sequence, place);
            }
        }

        return runs.Values;
    }

    private sealed record Listed(string RunId, DateTimeOffset BeganAt, int Last, RecordStore Place);
}
