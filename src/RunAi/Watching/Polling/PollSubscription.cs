namespace RunAi.Watching;

/// <summary>One subscriber of a <see cref="WorkloadPoller"/>, and how it polls when it is its turn.</summary>
internal sealed class PollSubscription : IWorkloadSubscription
{
    private readonly WorkloadPoller _poller;

    public PollSubscription(WorkloadPoller poller, IWorkloadLister lister, PollInbox inbox) =>
        (_poller, Lister, Inbox) = (poller, lister, inbox);

    public IWorkloadLister Lister { get; }

    public PollInbox Inbox { get; }

    public Task<PollResult> PollAsync(IReadOnlyCollection<string> refreshIds, CancellationToken cancellationToken) =>
        _poller.PollAsync(this, refreshIds, cancellationToken);

    public Task SleepAsync(TimeSpan atMost, CancellationToken cancellationToken) => _poller.SleepAsync(this, atMost, cancellationToken);

    public void Unsubscribe(string id) => _poller.Unsubscribe(this, id);

    public void Dispose() => _poller.UnsubscribeAll(this);
}
