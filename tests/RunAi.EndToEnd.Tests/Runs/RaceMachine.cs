using System.Collections;
using System.Collections.Concurrent;
using RunAi.Artifacts;
using RunAi.ControlPlane;
using RunAi.Diagnosis;
using RunAi.Http;
using RunAi.Operators;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Runs.Retries;
using RunAi.Secrets;
using RunAi.Tests.Runs;
using RunAi.Watching;

namespace RunAi.EndToEnd.Tests.Runs;

/// <summary>A machine of its own: identity, sessions, connection to the store. Nothing is shared with others but the servers.</summary>
internal sealed class RaceMachine : IActivityLog, IDisposable
{
    private const string Project = "demo";

    private readonly SessionCache _sessions = new(
        new ControlPlaneTransport(new ControlPlaneOptions(), TimeProvider.System, HttpPlatform.CreateHandler));
    private readonly IArtifactStore _store;
    private readonly RunOwners _owners;
    private readonly RunJournal _journal;
    private readonly StepOperatorConnection _connection;

    public RaceMachine(string name, EmulatorClient emulator, IArtifactStore store)
    {
        _store = store;
        _owners = new RunOwners(name);
        _journal = new RunJournal([store], TimeProvider.System, this);
        var client = new ControlPlaneClient(
            _sessions.GetOrAdd(emulator.Uri.ToString().TrimEnd('/'), emulator.ClientId, "the test"),
            new ClientCredential(_ => Task.FromResult(new SecretText(emulator.ClientSecret)), "the test"),
            this);
        _connection = new StepOperatorConnection(
            new StepOperator { Name = "race", RunAiBaseUrl = emulator.Uri.ToString().TrimEnd('/'), ProjectName = Project }, client);
    }

    public ConcurrentQueue<string> Warnings { get; } = new();

    private RunContext Context => new(_connection, TimeProvider.System, _journal, _owners, this);

    /// <summary>Submits the run of the step's key.</summary>
    public async Task<StepRun> SubmitAsync(string key)
    {
        var step = new Step
        {
            Name = key,
            BaseImage = "busybox",
            Command = ["true"],
            Settings = new StepSettings { GpuDevicesRequest = 0, CpuCoreRequest = 0.1, CpuMemoryRequest = "10M" },
            Retry = new Hashtable { ["Infrastructure"] = 1, ["Backoff"] = 0.01, ["MaxBackoff"] = 0.05 },
        };
        var means = new StoredImageProvider("store", _store, ManifestWriter.FolderOf(_store));
        var request = new RunRequest(RunId.FromKey(key, _connection.Operator.RunAiBaseUrl, Project)) { IsKeyed = true };
        var submitter = new StepSubmitter(Context, means);
        return (await submitter.SubmitAsync(PreparedStep.Read(step, submitter.Operator), request, _ => Task.FromResult(true), default))!;
    }

    /// <summary>Follows the run, whose first attempt loses its node and whose second delivers.</summary>
    public async Task<StepRun> FollowAsync(string runId)
    {
        var run = (await _journal.LastAsync(runId, default))!.ToRun("store");
        var attempts = new RunAttempts(Context, _store);
        return (await attempts.FollowAsync(run, EndAsync, default)).Run;
    }

    /// <summary>The entries of a run's record.</summary>
    public async Task<IReadOnlyList<RunRecord>> EntriesAsync(string runId)
    {
        var entries = new List<RunRecord>();
        while (await StoredJson.ReadAsync<RunRecord>(_store, RunKeys.Record(runId, entries.Count), default) is { } entry)
        {
            entries.Add(entry);
        }

        return entries;
    }

    public void Verbose(string message)
    {
    }

    public void Debug(string message)
    {
    }

    public void Warning(string message) => Warnings.Enqueue(message);

    public void Dispose() => _sessions.Dispose();

    private async Task<RunAiException?> EndAsync(StepRun run, CancellationToken ct)
    {
        var seen = new Workload
        {
            WorkloadId = run.WorkloadId!,
            Name = run.WorkloadName,
            Phase = run.Attempt == 1 ? "Failed" : "Completed",
        };
        var now = _connection.Client.Session.ServerTime;
        WorkloadResult ending;
        if (run.Attempt == 1)
        {
            DiagnosisEvidence[] evidence = [new(EvidenceSource.Event, null, "NodeLost", "The node was lost.")];
            ending = new WorkloadResult(
                new WatchOutcome(WatchOutcomeKind.Failed, seen), now, new DiagnosisInput(seen, evidence, [], DiagnosisHints.None, []));
        }
        else
        {
            var result = new RunResult { RunId = run.RunId, Attempt = run.Attempt, Outcome = RunOutcome.Succeeded, ExitCode = 0 };
            await _store.WriteAsync(RunKeys.Result(run.RunId, run.Attempt), StoredJson.Bytes(result), ct);
            ending = new WorkloadResult(new WatchOutcome(WatchOutcomeKind.Completed, seen), now);
        }

        return await new RunFinalizer(_store, _journal, this).FinalizeAsync(run, ending, ct);
    }
}
