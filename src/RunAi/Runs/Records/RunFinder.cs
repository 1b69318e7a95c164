using RunAi.Wording;
using RunAi.Workloads;

namespace RunAi.Runs;

/// <summary>
/// Finds the run that a text means: by its id, by the name or id of one of its workloads, by its run key, or by its step's name.
/// </summary>
internal sealed class RunFinder
{
    private const int MostNamed = 5;

    private readonly RunServices _services;
    private readonly StepOperator _operator;

    /// <param name="services">What the work takes from around it.</param>
    /// <param name="stepOperator">The step operator whose project run keys belong to.</param>
    public RunFinder(RunServices services, StepOperator stepOperator) => (_services, _operator) = (services, stepOperator);

    /// <summary>True to fail when several runs have the step's name; otherwise the newest is meant.</summary>
    public bool MustBeOnly { get; init; }

    /// <summary>The run that is meant.</summary>
    /// <param name="text">An id, a workload's name or id, a run key or a step's name.</param>
    /// <param name="storeName">The store that has the records; null for those of this machine alone.</param>
    /// <param name="ct">Ends the search.</param>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunNotFound"/> or <see cref="ErrorIds.RunAmbiguous"/>.</exception>
    public async Task<StepRun> FindAsync(string text, string? storeName, CancellationToken ct) =>
        await TryFindAsync(text, storeName, ct).ConfigureAwait(false)
        ?? throw RecordedRuns.NotFound(text, await PlacesAsync(storeName, ct).ConfigureAwait(false));

    /// <summary>The run that is meant; null when none is recorded.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunAmbiguous"/>.</exception>
    public async Task<StepRun?> TryFindAsync(string text, string? storeName, CancellationToken ct)
    {
        if (await TryFindOneAsync(text, storeName, ct).ConfigureAwait(false) is { } one)
        {
            return one;
        }

        var ofStep = await ListAsync(
            storeName, _ => true, record => string.Equals(record.StepName, text, StringComparison.OrdinalIgnoreCase),
            MustBeOnly ? MostNamed : 1, ct).ConfigureAwait(false);
        return ofStep.Count > 1 ? throw Ambiguous(text, ofStep) : ofStep.FirstOrDefault();
    }

    /// <summary>The run that is meant by what is unique, so not by its step's name; null when none is recorded.</summary>
    public async Task<StepRun?> TryFindOneAsync(string text, string? storeName, CancellationToken ct)
    {
        if (RunId.Is(text) && await ByIdAsync(text, storeName, ct).ConfigureAwait(false) is { } run)
        {
            return run;
        }

        if (WorkloadName.SuffixOf(text) is { } suffix
            && await FirstAsync(storeName, id => id.EndsWith(suffix, StringComparison.Ordinal), record => HasWorkload(record, text),
                ct).ConfigureAwait(false) is { } named)
        {
            return named;
        }

        return await ByKeyAsync(text, storeName, ct).ConfigureAwait(false)
            ?? (Guid.TryParse(text, out _)
                ? await FirstAsync(storeName, _ => true, record => record.WorkloadIds.Contains(text, StringComparer.OrdinalIgnoreCase),
                    ct).ConfigureAwait(false)
                : null);
    }

    /// <summary>The run of a key.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunNotFound"/>; <see cref="ErrorIds.InvalidStep"/> for a key that identifies
    /// nothing.</exception>
    public async Task<StepRun> FindByKeyAsync(string runKey, string? storeName, CancellationToken ct)
    {
        if (RunKeyRules.Violations(runKey).FirstOrDefault() is { } violation)
        {
            throw new RunAiException(ErrorIds.InvalidStep, $"{violation.Field}: {violation.Message}") { Target = runKey };
        }

        return await ByKeyAsync(runKey, storeName, ct).ConfigureAwait(false)
            ?? throw RecordedRuns.NotFound(
                runKey,
                await PlacesAsync(storeName, ct).ConfigureAwait(false),
                $"with the key '{runKey}' in project '{_operator.ProjectName}' at {_operator.RunAiBaseUrl}");
    }

    private async Task<StepRun?> ByKeyAsync(string runKey, string? storeName, CancellationToken ct)
    {
        var run = await ByIdAsync(
            RunId.FromKey(runKey, _operator.RunAiBaseUrl, _operator.ProjectName), storeName, ct).ConfigureAwait(false);
        if (run is not null)
        {
            // Earlier versions did not record the key.
            run.RunKey ??= runKey;
        }

        return run;
    }

    private async Task<StepRun?> ByIdAsync(string runId, string? storeName, CancellationToken ct) =>
        await new RunCatalog(await PlacesAsync(storeName, ct).ConfigureAwait(false))
            .FindAsync(runId.ToUpperInvariant(), _services.Time, _services.Log, ct).ConfigureAwait(false) is var (record, place)
            ? record.ToRun(place.Name)
            : null;

    private async Task<StepRun?> FirstAsync(
        string? storeName, Func<string, bool> mayBe, Func<RunRecord, bool> isWanted, CancellationToken ct) =>
        (await ListAsync(storeName, mayBe, isWanted, 1, ct).ConfigureAwait(false)).FirstOrDefault();

    private async Task<List<StepRun>> ListAsync(
        string? storeName, Func<string, bool> mayBe, Func<RunRecord, bool> isWanted, int most, CancellationToken ct)
    {
        List<StepRun> found = [];
        await new RunCatalog(await PlacesAsync(storeName, ct).ConfigureAwait(false))
            .ListAsync(mayBe, isWanted, most, (record, place) => found.Add(record.ToRun(place.Name)), ct).ConfigureAwait(false);
        return found;
    }

    private Task<IReadOnlyList<RecordStore>> PlacesAsync(string? storeName, CancellationToken ct) =>
        new RecordedRuns(_services).PlacesAsync(storeName, ct);

    private static bool HasWorkload(RunRecord record, string name) =>
        record.EarlierAttempts.Select(earlierAttempt => earlierAttempt.WorkloadName).Append(record.WorkloadName)
            .Contains(name, StringComparer.OrdinalIgnoreCase);

    private static RunAiException Ambiguous(string text, List<StepRun> runs) => new(
        ErrorIds.RunAmbiguous,
        $"Several runs are of step '{text}', the newest first:\n"
        + string.Join(
            "\n", runs.Select(run => $"  {run.RunId} {run.State}, submitted {Moments.Text(run.SubmittedAt)}, workload {run.WorkloadName}"))
        + (runs.Count == MostNamed ? "\n  ..." : "")
        + $"\nName one by its id or workload. Get-RunAiStepRun -StepName {text} lists all.")
    {
        Target = text,
    };
}
