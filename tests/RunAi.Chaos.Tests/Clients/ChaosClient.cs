using RunAi.Artifacts;
using RunAi.ControlPlane;
using RunAi.Http;
using RunAi.Operators;
using RunAi.Runs;
using RunAi.Secrets;
using RunAi.Tests.Runs;
using RunAi.Watching;

namespace RunAi.Chaos.Tests.Clients;

/// <summary>One client as a pipeline has it: sessions of its own, and run records in a folder that it shares with others.</summary>
internal sealed class ChaosClient : IDisposable
{
    private readonly SessionCache _sessions;
    private readonly StepOperatorConnection _connection;
    private readonly StepSubmitter _submitter;

    /// <param name="access">The control plane.</param>
    /// <param name="folder">Where run records are.</param>
    /// <param name="step">Called before and after each use of the store and the control plane; null for nothing.</param>
    public ChaosClient(ChaosAccess access, string folder, Action<string>? step = null)
    {
        var options = new ControlPlaneOptions
        {
            AttemptTimeout = TimeSpan.FromSeconds(20),
            RetryDelay = TimeSpan.FromMilliseconds(20),
            MaxRetryDelay = TimeSpan.FromMilliseconds(500),
            BreakDuration = TimeSpan.FromMilliseconds(500),
        };
        var time = TimeProvider.System;
        var log = new SilentLog();
        _sessions = new SessionCache(
            new ControlPlaneTransport(options, time, () => step is null ? HttpPlatform.CreateHandler() : new SteppedHandler(step)));
        var client = new ControlPlaneClient(
            _sessions.GetOrAdd(access.Uri, access.ClientId, "the test"),
            new ClientCredential(_ => Task.FromResult(new SecretText(access.Secret)), "the test"),
            log);
        IArtifactStore store = new FileStore(StoreAddress.Read(new Uri(folder).AbsoluteUri, null, out _)!);
        Store = step is null ? store : new SteppedStore(store, step);
        Journal = new RunJournal([Store], time, log);
        var stepOperator = new StepOperator
        {
            Name = "chaos",
            RunAiBaseUrl = access.Uri,
            ProjectName = access.Project,
            MonitoringInterval = TimeSpan.FromSeconds(1),
        };
        _connection = new StepOperatorConnection(stepOperator, client);
        var means = new StoredImageProvider("chaos", Store, folder);
        _submitter = new StepSubmitter(new RunContext(_connection, time, Journal, new RunOwners("chaos"), log), means);
        Access = access;
    }

    public ChaosAccess Access { get; }

    public IArtifactStore Store { get; }

    public RunJournal Journal { get; }

    /// <summary>Submits the run of a key once.</summary>
    public async Task<StepRun> SubmitAsync(string key)
    {
        var step = new Step
        {
            Name = "chaos",
            BaseImage = "busybox",
            Command = ["true"],
            Settings = new StepSettings { GpuDevicesRequest = 0, CpuCoreRequest = 0.1, CpuMemoryRequest = "10M" },
        };
        var request = new RunRequest(RunIdOf(key)) { IsKeyed = true };
        return (await _submitter.SubmitAsync(PreparedStep.Read(step, _submitter.Operator), request, _ => Task.FromResult(true), default))!;
    }

    public string RunIdOf(string key) => RunId.FromKey(key, Access.Uri, Access.Project);

    /// <summary>Waits for workloads; tells how each ended.</summary>
    public async Task<IReadOnlyList<WatchOutcome>> WaitAsync(IEnumerable<string> workloadIds)
    {
        var ended = new List<WatchOutcome>();
        var wait = new WorkloadWait(_connection, TimeProvider.System, new SilentLog());
        await wait.WaitAsync(workloadIds.Select(id => new WatchRequest(id)), false, ending => ended.Add(ending.Outcome), _ => { }, default);
        return ended;
    }

    /// <summary>The last entry of each run's record.</summary>
    public async Task<IReadOnlyList<RunRecord>> RecordsAsync()
    {
        var objects = await Store.ListAsync("runs/", default);
        var records = new List<RunRecord>();
        foreach (var runId in objects.Select(stored => stored.Key.Split('/')[1]).Distinct())
        {
            records.Add((await Journal.LastAsync(runId, default))!);
        }

        return records;
    }

    public void Dispose() => _sessions.Dispose();
}
