using RunAi.Emulator.CommandLine;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Execution;

/// <summary>Runs pods. Called under the gate; reports each end once, from any thread, gate held or not.</summary>
internal interface IExecutor : IAsyncDisposable
{
    /// <summary>Whether pods that ran before a restart of the emulator can be started where they were.</summary>
    bool SurvivesRestart { get; }

    /// <summary>Gets ready, before anything else is asked of it.</summary>
    /// <exception cref="OptionException">What it needs is not there.</exception>
    Task OpenAsync() => Task.CompletedTask;

    /// <summary>
    /// Gets the images of a workload, before its pods are started; gives why it cannot be had, or null. A task that has ended at once
    /// means that nothing had to be pulled.
    /// </summary>
    Task<string?> PullAsync(Workload workload);

    void Start(Workload workload, Pod pod, Action<PodExit> exited);

    /// <summary>Asks a started pod to end, and ends it after the grace period.</summary>
    void Stop(Pod pod, TimeSpan grace);

    /// <summary>What a pod wrote; null when nothing is kept.</summary>
    PodLog? LogOf(Guid workloadId, Pod pod);

    /// <summary>The last lines that a pod of the workload wrote, or its latest one; null when nothing is kept.</summary>
    string? Tail(Guid workloadId, string? pod, int lines);
}
