using RunAi.Artifacts;

namespace RunAi.Runs;

/// <summary>Finds recorded runs in an artifact store and on this machine.</summary>
internal sealed class RecordedRuns
{
    private readonly RunServices _services;

    public RecordedRuns(RunServices services) => _services = services;

    /// <summary>True to open runs so that nothing is written to their records.</summary>
    public bool IsRehearsal { get; init; }

    /// <summary>The places to look in, the store first.</summary>
    public async Task<IReadOnlyList<RecordStore>> PlacesAsync(string? storeName, CancellationToken ct)
    {
        List<RecordStore> places = [];
        if (await _services.StoreAsync(storeName, ct).ConfigureAwait(false) is { } store)
        {
            places.Add(new RecordStore(store, storeName));
        }

        if (await _services.LocalStoreAsync(ct).ConfigureAwait(false) is { } local)
        {
            places.Add(new RecordStore(local, null));
        }

        return places;
    }

    /// <summary>Tells the runs that are wanted, the newest first, as they are read.</summary>
    /// <param name="storeName">The store that has the records; null for those of this machine alone.</param>
    /// <param name="isWanted">Whether a run is wanted.</param>
    /// <param name="most">At most this many.</param>
    /// <param name="found">Gets each.</param>
    /// <param name="ct">Ends the listing.</param>
    /// <param name="onlyOne">What must be found; null when finding nothing is no failure.</param>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunNotFound"/>.</exception>
    public async Task ListAsync(
        string? storeName, Func<StepRun, bool> isWanted, int most, Action<StepRun> found, CancellationToken ct, string? onlyOne = null)
    {
        var places = await PlacesAsync(storeName, ct).ConfigureAwait(false);
        var any = false;
        await new RunCatalog(places).ListAsync(_ => true, record => isWanted(record.ToRun(null)), most, Found, ct).ConfigureAwait(false);
        if (!any && onlyOne is not null)
        {
            throw NotFound(onlyOne, places);
        }

        void Found(RunRecord record, RecordStore place)
        {
            any = true;
            found(record.ToRun(place.Name));
        }
    }

    /// <summary>The run of an id.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunNotFound"/>.</exception>
    public async Task<RecordedRun> FindAsync(string runId, string? storeName, CancellationToken ct)
    {
        var places = await PlacesAsync(storeName, ct).ConfigureAwait(false);
        return await FindAsync(runId, places, ct).ConfigureAwait(false) ?? throw NotFound(runId, places);
    }

    /// <summary>The run of an id; null when none is recorded in these places.</summary>
    public async Task<RecordedRun?> FindAsync(string runId, IReadOnlyList<RecordStore> places, CancellationToken ct) =>
        await new RunCatalog(places).FindAsync(runId, _services.Time, _services.Log, ct).ConfigureAwait(false) is var (record, place)
            ? await OpenAsync(record, place, places, ct).ConfigureAwait(false)
            : null;

    /// <summary>A run with the store that has its log and result. The store is asked for no more than the record.</summary>
    /// <param name="runId">The run's id.</param>
    /// <param name="run">The run, when it is at hand; null to find it by its record.</param>
    /// <param name="storeName">The name of its store.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunNotFound"/>, or the run has no store.</exception>
    public async Task<StoredRun> WithStoreAsync(string runId, StepRun? run, string? storeName, CancellationToken ct)
    {
        var store = await _services.StoreAsync(storeName, ct).ConfigureAwait(false) ?? throw WithoutStore(runId);
        if (run is not null)
        {
            return new StoredRun(run, store);
        }

        RecordStore[] places = [new RecordStore(store, storeName)];
        var found = await new RunCatalog(places).FindAsync(runId, _services.Time, _services.Log, ct).ConfigureAwait(false);
        return found is var (record, _) ? new StoredRun(record.ToRun(storeName), store) : throw NotFound(runId, places);
    }

    /// <summary>What belongs to a record that was found.</summary>
    public async Task<RecordedRun> OpenAsync(RunRecord record, RecordStore place, IReadOnlyList<RecordStore> places, CancellationToken ct)
    {
        // What only this machine has recorded may have a store all the same, of another stack.
        var name = place.Name ?? record.ArtifactStore;
        var store = place.Name is null ? await _services.StoreAsync(name, ct).ConfigureAwait(false) : place.Store;
        IArtifactStore[] kept = place.Name is not null ? [.. places.Select(recordStore => recordStore.Store)]
            : store is not null ? [store, place.Store]
            : [place.Store];
        var journal = new RunJournal(kept, _services.Time, _services.Log) { IsRehearsal = IsRehearsal };
        return record.ArtifactStore is null
            ? new RecordedRun(record, null, null, journal, kept)
            : new RecordedRun(record, name, store, journal, kept);
    }

    /// <summary>The failure for a run that is in none of the places.</summary>
    /// <param name="what">What was asked for.</param>
    /// <param name="places">Where it was looked for.</param>
    /// <param name="how">What to call it in the message; null for the text itself.</param>
    public static RunAiException NotFound(string what, IReadOnlyList<RecordStore> places, string? how = null) => new(
        ErrorIds.RunNotFound,
        $"No run {how ?? $"'{what}'"} is recorded in "
        + $"{(places.Count == 0 ? "any place" : string.Join(" or ", places.Select(place => place.Store.Uri)))}. A run is found by its id, "
        + "its workload's name, its run key or its step's name. Get-RunAiStepRun lists those that are recorded; name another store with "
        + "-ArtifactStore.")
    {
        Target = what,
    };

    private static RunAiException WithoutStore(string runId) => new(
        ErrorIds.RunNotFound,
        $"The run '{runId}' has no artifact store, and so neither a log nor a result that could be received. Steps with code, "
        + "inputs, outputs or a base image have one; name the store of a run from another session with -ArtifactStore.")
    {
        Target = runId,
    };
}
