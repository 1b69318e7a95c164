using RunAi.ControlPlane;

namespace RunAi.Watching;

/// <summary>Observes workloads through the polls that all who wait in a project share, and suspends or deletes them one by one.</summary>
internal sealed class ControlPlaneSource : IWorkloadSource
{
    private readonly ControlPlaneClient _client;
    private readonly WorkloadPoller _poller;
    private readonly IWorkloadLister _lister;

    public ControlPlaneSource(ControlPlaneClient client, WorkloadPoller poller, IWorkloadLister lister)
    {
        _client = client;
        _poller = poller;
        _lister = lister;
    }

    public IWorkloadSubscription Subscribe(IReadOnlyCollection<WatchRequest> requests) =>
        _poller.Subscribe(requests, _lister, _client.Session.BaseUrl);

    public Task StopAsync(string id, CancellationToken cancellationToken) => _client.SuspendTrainingAsync(id, cancellationToken);

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => _client.DeleteTrainingAsync(id, cancellationToken);
}
