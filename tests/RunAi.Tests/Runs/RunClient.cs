using RunAi.ControlPlane;
using RunAi.Operators;
using RunAi.Runs;
using RunAi.Runs.Retries;
using RunAi.Secrets;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>One process that submits runs: its own sessions, over a store and a control plane that it shares with others.</summary>
internal sealed class RunClient : IDisposable
{
    public const string Key = "build-17/attempt-1";

    private readonly SessionCache _cache;
    private readonly StepSubmitter _submitter;
    private readonly TimeProvider _time;

    /// <param name="plane">The control plane.</param>
    /// <param name="objects">What is in the store.</param>
    /// <param name="time">The clock.</param>
    /// <param name="others">What it knows of other submissions.</param>
    /// <param name="step">Called before and after each use of store and control plane.</param>
    public RunClient(WorkloadPlane plane, MemoryStore objects, TimeProvider time, OwnerState? others = null, Action<string>? step = null)
    {
        _time = time;
        var options = new ControlPlaneOptions { AttemptTimeout = TestClock.EndlessAttempt };
        _cache = new SessionCache(new ControlPlaneTransport(options, time, () => plane.Wire(step)));
        var client = new ControlPlaneClient(
            _cache.GetOrAdd(ControlPlaneFixture.BaseUrl, "step-runner", ControlPlaneFixture.SecretReference),
            new ClientCredential(_ => Task.FromResult(new SecretText("secret")), ControlPlaneFixture.SecretReference),
            Log);
        Store = new MemoryStore
        {
            Objects = objects.Objects,
            Before = call => step?.Invoke($"before {call}"),
            After = call => step?.Invoke($"after {call}"),
        };
        Journal = new RunJournal([Store], time, Log);
        Connection = new StepOperatorConnection(
            new StepOperator { Name = "gpu", RunAiBaseUrl = ControlPlaneFixture.BaseUrl, ProjectName = "vision" }, client);
        Owners = others is { } known ? new KnownOwners(known) : new RunOwners("this");
        _submitter = new StepSubmitter(Context, new FakeMeans { Memory = Store });
    }

    public static string RunIdOfKey { get; } = RunId.FromKey(Key, ControlPlaneFixture.BaseUrl, "vision");

    public RecordingLog Log { get; } = new();

    public MemoryStore Store { get; }

    public RunJournal Journal { get; }

    public RunOwners Owners { get; }

    public StepOperatorConnection Connection { get; }

    public RunContext Context => new(Connection, _time, Journal, Owners, Log);

    public async Task<StepRun> SubmitAsync(string command = "train", bool force = false, Action<Step>? change = null)
    {
        var step = new Step { Name = "train", BaseImage = "busybox", Command = [command] };
        change?.Invoke(step);
        var request = new RunRequest(RunIdOfKey) { IsKeyed = true, Force = force };
        return (await _submitter.SubmitAsync(step, request, _ => Task.FromResult(true), default))!;
    }

    /// <summary>Follows a run from attempt to attempt, each ended as the control plane has it.</summary>
    public RunAttempts Attempts() => new RunAttempts(Context, Store);

    public void Dispose() => _cache.Dispose();

    private sealed class KnownOwners(OwnerState state) : RunOwners("this")
    {
        public override OwnerState StateOf(RunRecord entry) => state;
    }
}
