using RunAi.Artifacts;
using RunAi.ControlPlane;
using RunAi.Measuring;
using RunAi.Operators;
using RunAi.Redaction;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Runs.Attending;
using RunAi.Runs.Log;
using RunAi.Stacks;
using RunAi.Workloads;

namespace RunAi.Reports;

/// <summary>
/// Reads what a report tells of a run. Nothing is done to the workload, and what cannot be read is named in the report: a run whose
/// workload was deleted has a report of what its record and its store still know.
/// </summary>
internal sealed class RunReportReader
{
    private const int Samples = 300;
    private const int MostHistory = 500;

    private readonly RunServices _services;
    private readonly OperatorChoice _choice;

    /// <param name="services">What the work takes from around it.</param>
    /// <param name="choice">The step operator to reach runs with.</param>
    public RunReportReader(RunServices services, OperatorChoice choice) => (_services, _choice) = (services, choice);

    /// <summary>How many of the last lines of the log to read, from 0.</summary>
    public int LogLines { get; init; } = 200;

    /// <summary>Reads all that is known of a run.</summary>
    /// <param name="runId">The run's id.</param>
    /// <param name="given">The run when it was given as one: a report of it needs no record.</param>
    /// <param name="storeName">The store that has its record; null for this machine's records alone.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="RunAiException"><see cref="ErrorIds.RunNotFound"/>.</exception>
    public async Task<RunReport> ReadAsync(string runId, StepRun? given, string? storeName, CancellationToken ct)
    {
        var gaps = new ReportGaps();
        var found = await FindAsync(runId, given, storeName, ct).ConfigureAwait(false);
        var connection = await gaps.TryAsync("The control plane", () => ConnectAsync(found, given, ct)).ConfigureAwait(false);
        var run = found?.Run ?? given!;
        if (found is { Record.IsOver: false } open && connection is not null)
        {
            run = await gaps.TryAsync("How the run stands now", () => RefreshAsync(open, connection, ct)).ConfigureAwait(false) ?? run;
        }

        return await ReportAsync(run, found?.Store, connection, gaps, ct).ConfigureAwait(false);
    }

    private async Task<RunReport> ReportAsync(
        StepRun run, IArtifactStore? store, StepOperatorConnection? connection, ReportGaps gaps, CancellationToken ct)
    {
        List<AttemptReport> attempts = [];
        List<WorkloadMetric> metrics = [];
        foreach (var attempt in AttemptReport.Of(run))
        {
            var (report, measured) = connection is null
                ? (attempt, [])
                : await AttemptAsync(attempt, connection, gaps, ct).ConfigureAwait(false);
            attempts.Add(report);
            metrics.AddRange(measured);
        }

        var workload = new AwaitedWorkload(run.WorkloadId, run.WorkloadName, run);
        var mayAsk = connection is not null && run.WorkloadId is not null;
        return new RunReport
        {
            Run = run,
            Attempts = attempts,
            Metrics = metrics,
            Usage = !mayAsk ? null : await gaps.TryAsync("What was asked for and used", () => new UsageMeter(connection!)
                .MeasureAsync(run.WorkloadId!, Samples, ct)).ConfigureAwait(false),
            Diagnosis = !mayAsk || run.State == StepRunState.Succeeded ? null
                : await gaps.TryAsync("The diagnosis", () => new RunDiagnoser(_services, connection!).DiagnoseAsync(
                    workload, run.ArtifactStore, ct)).ConfigureAwait(false),
            Inputs = store is null ? [] : await gaps.TryAsync("The inputs", () => InputsAsync(run, store, ct)).ConfigureAwait(false) ?? [],
            Settings = !mayAsk
                ? []
                : await gaps.TryAsync("The settings", () => SettingsAsync(run, connection!, ct)).ConfigureAwait(false) ?? [],
            Log = LogLines == 0
                ? []
                : await gaps.TryAsync("The log", () => LogAsync(run, store, connection, ct)).ConfigureAwait(false) ?? [],
            Gaps = gaps.Found,
        };
    }

    /// <summary>The phases of an attempt's workload, and what was measured of it.</summary>
    private static async Task<(AttemptReport Attempt, IReadOnlyList<WorkloadMetric> Metrics)> AttemptAsync(
        AttemptReport attempt, StepOperatorConnection connection, ReportGaps gaps, CancellationToken ct)
    {
        if (attempt.WorkloadId is not { } id)
        {
            return (attempt, []);
        }

        var client = connection.Client;
        var which = $"workload {attempt.WorkloadName}";
        var phases = await gaps.TryAsync($"The phases of {which}", async () =>
        {
            var history = (await client.ListHistoryAsync(id, MostHistory, ct).ConfigureAwait(false)).Select(entry => entry.ToEntry(id));
            return PhaseSpan.OfHistory(history, attempt.SubmittedAt, attempt.EndedAt ?? client.Session.ServerTime);
        }).ConfigureAwait(false);
        var metrics = await gaps.TryAsync($"What was measured of {which}", async () =>
        {
            var reader = new MetricReader(client);
            var (start, end) = reader.Span(await client.GetWorkloadAsync(id, ct).ConfigureAwait(false), null, null);
            return await reader.ReadAsync(id, null, new MetricQuery(MetricTypes.Usual, start, end, Samples), ct).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return (phases is { Count: > 0 } ? attempt with { Phases = phases } : attempt, metrics ?? []);
    }

    /// <summary>The run's record; null when there is none and the run is at hand.</summary>
    private async Task<RecordedRun?> FindAsync(string runId, StepRun? given, string? storeName, CancellationToken ct)
    {
        try
        {
            return await new RecordedRuns(_services).FindAsync(runId, storeName, ct).ConfigureAwait(false);
        }
        catch (RunAiException e) when (given is not null && e.ErrorId == ErrorIds.RunNotFound)
        {
            return null;
        }
    }

    private Task<StepOperatorConnection> ConnectAsync(RecordedRun? found, StepRun? given, CancellationToken ct)
    {
        if (found is not null)
        {
            return _services.ConnectAsync(found.Record, _choice, ct);
        }

        var name = string.IsNullOrEmpty(_choice.StepOperator) ? given!.StepOperator : _choice.StepOperator;
        return _services.ConnectAsync(new StackResolver(_services.Configuration).Resolve(_choice.Stack, name).StepOperator, ct);
    }

    private async Task<StepRun> RefreshAsync(RecordedRun found, StepOperatorConnection connection, CancellationToken ct)
    {
        var context = await _services.ContextAsync(connection, found.Journal, ct).ConfigureAwait(false);
        return await new RunRefresh(context).RefreshAsync(found.Record, found.StoreName, found.Store, ct).ConfigureAwait(false);
    }

    /// <summary>The inputs that the attempt's manifest names; where they lie is left out, since that is signed.</summary>
    private static async Task<Artifact[]> InputsAsync(StepRun run, IArtifactStore store, CancellationToken ct)
    {
        var manifest = await StoredJson.ReadAsync<Manifest>(store, RunKeys.Manifest(run.RunId, run.Attempt), ct).ConfigureAwait(false);
        return [.. (manifest?.Inputs ?? []).Select(input => new Artifact
        {
            Name = input.Name,
            Digest = input.Digest,
            Size = input.Size,
            MediaType = input.MediaType,
            FileName = input.FileName,
        })];
    }

    private static async Task<IReadOnlyList<ReportedSetting>> SettingsAsync(
        StepRun run, StepOperatorConnection connection, CancellationToken ct) =>
        ReportedSetting.Of((await connection.Client.GetTrainingAsync(run.WorkloadId!, ct).ConfigureAwait(false)).Spec);

    private async Task<List<LogLine>> LogAsync(StepRun run, IArtifactStore? store, StepOperatorConnection? connection, CancellationToken ct)
    {
        List<LogLine> lines = [];
        if (store is not null)
        {
            await new RunLogReceiver(_services) { Tail = LogLines }.ReadAsync(
                new StoredRun(run, store), lines.Add, ct).ConfigureAwait(false);
        }
        else if (connection is not null && run.WorkloadId is not null)
        {
            var workload = new AwaitedWorkload(run.WorkloadId, run.WorkloadName, run);
            await new WorkloadLogReceiver(_services, connection) { Tail = LogLines }
                .ReadAsync(workload, lines.Add, ct).ConfigureAwait(false);
        }

        foreach (var line in lines)
        {
            line.Text = KnownSecrets.Hide(LogText.Shorten(line.Text, underAzureDevOps: false));
        }

        return lines;
    }
}
