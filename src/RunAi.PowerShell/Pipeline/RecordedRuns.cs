using RunAi.Artifacts;
using RunAi.Runs;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Finds recorded runs in an artifact store and on this machine.</summary>
internal sealed class RecordedRuns
{
    private readonly CommandContext _context;
    private readonly RunServices _support;

    public RecordedRuns(CommandContext context)
    {
        _context = context;
        _support = new RunServices(context);
    }

    /// <summary>The places to look in, the store first.</summary>
    public async Task<IReadOnlyList<RecordStore>> PlacesAsync(string? storeName, CancellationToken token)
    {
        List<RecordStore> places = [];
        if (await _support.StoreAsync(storeName, token).ConfigureAwait(false) is { } store)
        {
            places.Add(new RecordStore(store, storeName));
        }

        if (await _support.LocalAsync(token).ConfigureAwait(false) is { } local)
        {
            places.Add(new RecordStore(local, null));
        }

        return places;
    }

    /// <summary>The run of an id.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunNotFound"/>.</exception>
    public async Task<RecordedRun> FindAsync(string runId, string? storeName, CancellationToken token)
    {
        var places = await PlacesAsync(storeName, token).ConfigureAwait(false);
        var found = await new RunCatalog(places).FindAsync(runId, _context.Session.Time, _context.Log, token).ConfigureAwait(false);
        return found is { } item ? await OpenAsync(item.Record, item.Place, places, token).ConfigureAwait(false) : throw NotFound(runId, places);
    }

    /// <summary>What belongs to a record that was found.</summary>
    public async Task<RecordedRun> OpenAsync(RunRecord record, RecordStore place, IReadOnlyList<RecordStore> places, CancellationToken token)
    {
        // What only this machine has recorded may have a store all the same, of another stack.
        var name = place.Name ?? record.ArtifactStore;
        var store = place.Name is null ? await _support.StoreAsync(name, token).ConfigureAwait(false) : place.Store;
        IArtifactStore[] kept = place.Name is not null ? [.. places.Select(recordStore => recordStore.Store)]
            : store is not null ? [store, place.Store]
            : [place.Store];
        var journal = new RunJournal(kept, _context.Session.Time, _context.Log);
        return record.ArtifactStore is null ? new RecordedRun(record, null, null, journal, kept) : new RecordedRun(record, name, store, journal, kept);
    }

    /// <summary>The failure of a look-up.</summary>
    public static RunAiException NotFound(string what, IReadOnlyList<RecordStore> places) => new(
        ErrorIds.RunNotFound,
        $"No run '{what}' is recorded in {(places.Count == 0 ? "any place" : string.Join(" or ", places.Select(place => place.Store.Uri)))}. "
        + "Get-RunAiStepRun lists those that are; name another store with -ArtifactStore.")
    {
        Target = what,
    };
}
