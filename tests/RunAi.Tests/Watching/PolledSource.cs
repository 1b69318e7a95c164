using RunAi.Watching;

namespace RunAi.Tests.Watching;

/// <summary>A scripted project behind the poller that all waiters of a control plane share.</summary>
internal sealed class PolledSource(WorkloadPoller poller, ScriptedProject project) : IWorkloadSource
{
    /// <summary>Every stop and delete asked for, as <c>stop a</c>.</summary>
    public List<string> Calls { get; } = [];

    public IWorkloadSubscription Subscribe(IReadOnlyCollection<WatchRequest> requests) =>
        poller.Subscribe(requests, project, "https://org.run.ai");

    public Task StopAsync(string id, CancellationToken cancellationToken) => Call($"stop {id}");

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => Call($"delete {id}");

    private Task Call(string what)
    {
        Calls.Add(what);
        return Task.CompletedTask;
    }
}
