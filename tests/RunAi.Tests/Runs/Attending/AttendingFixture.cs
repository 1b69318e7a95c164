using System.Collections.Concurrent;
using RunAi.Artifacts;
using RunAi.ControlPlane;
using RunAi.Images;
using RunAi.Operators;
using RunAi.Runs;
using RunAi.Secrets;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs.Attending;

/// <summary>
/// What a command on runs has around it: a configuration with one step operator, a state folder, a control plane and a clock.
/// </summary>
internal sealed class AttendingFixture : IDisposable
{
    private readonly SessionCache _sessions;
    private readonly RegistryTransport _registries;
    private readonly string _folder = Directory.CreateTempSubdirectory("runai-attending-").FullName;

    public AttendingFixture()
    {
        Plane = new WorkloadPlane { Clock = Clock };
        var options = new ControlPlaneOptions { AttemptTimeout = TestClock.EndlessAttempt };
        _sessions = new SessionCache(new ControlPlaneTransport(options, Clock, () => Plane.Wire(Note)));
        _registries = new RegistryTransport(new RegistryOptions(), Clock);
        Services = new RunServices
        {
            Variable = Variable,
            Time = Clock,
            Secrets = new SecretResolver(new NoVault(), Variable),
            Log = Log,
            Sessions = _sessions,
            Registries = _registries,
            Stores = StoreOptions.Default,
            StepRunnerFolder = _folder,
        };
    }

    public TestClock Clock { get; } = new();

    public WorkloadPlane Plane { get; }

    public RecordingLog Log { get; } = new();

    public RecordingObserver Observer { get; } = new();

    public RunServices Services { get; }

    /// <summary>Each request, such as <c>before GET /api/v1/workloads/...</c>, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Called with each of them.</summary>
    public Action<string>? OnRequest { get; set; }

    public StepOperator Operator { get; } = new()
    {
        Name = "gpu",
        RunAiBaseUrl = ControlPlaneFixture.BaseUrl,
        ProjectName = "vision",
        ClientId = "step-runner",
        ClientSecret = "{{env:SECRET}}",
    };

    public Task RegisterAsync() => new ConfiguredStepOperators(Services.Configuration).RegisterAsync(Operator, force: false, default);

    public Task<StepOperatorConnection> ConnectAsync() => Services.ConnectAsync(Operator, default);

    /// <summary>Submits a plain step, whose run is recorded on this machine alone.</summary>
    public async Task<StepRun> SubmitAsync(string name = "train")
    {
        var context = await Services.ContextAsync(await ConnectAsync(), await Services.JournalAsync(null, default), default);
        var step = new Step { Name = name, Image = "busybox", Command = ["train"] };
        return (await Clock.DriveAsync(
            new StepSubmitter(context).SubmitAsync(step, RunId.New(Clock), _ => Task.FromResult(true), default)))!;
    }

    public async Task<RunRecord> RecordAsync(StepRun run) =>
        (await (await Services.JournalAsync(null, default)).LastAsync(run.RunId, default))!;

    public void Dispose()
    {
        _sessions.Dispose();
        _registries.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string? Variable(string name) => name switch
    {
        "RUNAI_CONFIG" => Path.Combine(_folder, "runai.json"),
        "RUNAI_STATE" => Path.Combine(_folder, "state"),
        "RUNAI_CACHE" => Path.Combine(_folder, "cache"),
        "SECRET" => "secret",
        _ => null,
    };

    private void Note(string request)
    {
        Requests.Enqueue(request);
        OnRequest?.Invoke(request);
    }
}
