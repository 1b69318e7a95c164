using RunAi.ControlPlane;

namespace RunAi.Watching;

/// <summary>Sees workloads through the looks that all waiters of a project share, and puts them down one by one.</summary>
internal sealed class ControlPlaneSource : IWorkloadSource
{
    private readonly ControlPlaneClient _client;
    private readonly WorkloadPoller _hub;
    private readonly IWorkloadLister _lister;

    public ControlPlaneSource(ControlPlaneClient client, WorkloadPoller hub, IWorkloadLister lister)
    {
        _client = client;
        _hub = hub;
        _lister = lister;
    }

    public IWorkloadSubscription Subscribe(IReadOnlyCollection<WatchRequest> requests) =>
        _hub.Subscribe(requests, _lister, _client.Session.BaseUrl);

    public Task StopAsync(string id, CancellationToken cancellationToken) => _client.SuspendTrainingAsync(id, cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => _client.DeleteTrainingAsync(id, cancellationToken);
}
