using System.Text.Json.Nodes;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Execution;
using RunAi.Emulator.Execution.Containers;
using RunAi.Emulator.Execution.Images;
using RunAi.Emulator.Execution.Processes;
using RunAi.Emulator.Lifecycle;
using RunAi.Emulator.Metrics;
using RunAi.Emulator.Policies;
using RunAi.Emulator.Recording;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.Seeding;
using RunAi.Emulator.State;
using RunAi.Emulator.Templates;
using RunAi.Emulator.Time;

namespace RunAi.Emulator;

/// <summary>The whole world behind the API, and the gate that everything which reads or changes it goes through.</summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly WorkloadStateMachine _conductor;

    /// <exception cref="OptionException">The seed contradicts itself, or the engine's address is none.</exception>
    public ControlPlane(Seed seed, EmulatorOptions options, TimeProvider time)
    {
        Seed = seed;
        Clock = new EmulatorClock(time);
        Timeline = new Timeline(Clock, _gate);
        Organisation = new Organisation(seed, Clock.GetUtcNow());
        Effects = new EffectLog(Clock);
        Policies = new PolicyStore(Organisation, Clock, PolicyKind.Trainings.In(options.ApiVersion));
        DistributedPolicies = new PolicyStore(Organisation, Clock, PolicyKind.Distributed.In(options.ApiVersion));
        Templates = new TemplateStore(Organisation, Clock);
        var outcomes = new Outcomes(seed.Timetable);
        Usage = new UsageModel(Organisation, outcomes);
        Executor = options.Executor switch
        {
            ExecutorKind.Simulate => new SimulatedExecutor(Timeline, seed.Timetable, outcomes),
            ExecutorKind.Container => new ContainerExecutor(
                new ContainerEngine(ContainerEngine.AddressOf(options.Engine)), options.StatePath, seed, DockerLogins.OfTheUser(), Clock),
            _ => new ProcessExecutor(seed, DockerLogins.OfTheUser(), Clock),
        };
        _conductor = new WorkloadStateMachine(
            Timeline, Workloads, Organisation, seed.Timetable, outcomes, new HistoryWriter(Clock, Effects), Executor, Clock);
        foreach (var policy in seed.Policies)
        {
            Policies.Put(policy, "seed");
        }

        foreach (var policy in seed.DistributedPolicies)
        {
            DistributedPolicies.Put(policy, "seed");
        }

        foreach (var template in seed.Templates)
        {
            Templates.Add(template, "seed");
        }
    }

    public Seed Seed { get; }

    public EmulatorClock Clock { get; }

    public Timeline Timeline { get; }

    public Organisation Organisation { get; }

    public EffectLog Effects { get; }

    public PolicyStore Policies { get; }

    /// <summary>The policies of distributed trainings.</summary>
    public PolicyStore DistributedPolicies { get; }

    public TemplateStore Templates { get; }

    /// <summary>What pods use, as the metrics tell it.</summary>
    public UsageModel Usage { get; }

    public IExecutor Executor { get; }

    public WorkloadStore Workloads { get; } = new();

    public Scheduler Scheduler => _conductor.Scheduler;

    /// <summary>Completes when what has happened would survive the end of this process; at once where nothing is kept.</summary>
    public Func<Task> Keep { get; set; } = () => Task.CompletedTask;

    /// <summary>Reads under the gate.</summary>
    public T Read<T>(Func<ControlPlane, T> read)
    {
        lock (_gate)
        {
            return read(this);
        }
    }

    public void Create(Workload workload, string requestId) => Timeline.Run(() => _conductor.Create(workload, requestId));

    public bool Suspend(Guid id, string requestId) => Change(id, workload => _conductor.Suspend(workload, requestId));

    public bool Resume(Guid id, string requestId) => Change(id, workload => _conductor.Resume(workload, requestId));

    public bool Delete(Guid id, string requestId) => Change(id, workload => _conductor.Delete(workload, requestId));

    /// <summary>Goes on with what a state file kept.</summary>
    public void Restore(EmulatorState state) => Timeline.Run(() =>
    {
        Clock.Skipped = TimeSpan.FromSeconds(state.SkippedSeconds);
        foreach (var policy in state.Policies)
        {
            Policies.Put((JsonObject)policy.DeepClone(), "state");
        }

        foreach (var policy in state.DistributedPolicies)
        {
            DistributedPolicies.Put((JsonObject)policy.DeepClone(), "state");
        }

        if (state.Templates is { } templates)
        {
            // What is kept replaces the seed's, which got new ids.
            foreach (var seeded in Templates.All)
            {
                Templates.Delete(seeded.Id);
            }

            foreach (var template in templates)
            {
                Templates.Restore(template);
            }
        }

        foreach (var workload in state.Workloads)
        {
            _conductor.Restore(workload);
        }
    });

    public async ValueTask DisposeAsync()
    {
        Timeline.Dispose();
        await Executor.DisposeAsync().ConfigureAwait(false);
    }

    private bool Change(Guid id, Action<Workload> change)
    {
        var found = false;
        Timeline.Run(() =>
        {
            found = Workloads.TryGet(id, out var workload);
            if (found)
            {
                change(workload!);
            }
        });
        return found;
    }
}
