using System.Diagnostics.CodeAnalysis;

namespace RunAi.Watching;

/// <summary>
/// Polls one project for all who wait for workloads in it. One of them at a time polls, with its own credentials, log and cancellation, and
/// all get what concerns them; when it is cancelled, another polls in its place.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing to dispose of.")]
internal sealed class WorkloadPoller
{
    private readonly SemaphoreSlim _polling = new(1, 1);
    private readonly TimeProvider _time;
    private readonly PollState _state = new();
    private readonly ProjectPoll _poll;

    public WorkloadPoller(TimeProvider time)
    {
        _time = time;
        _poll = new ProjectPoll(_state, time);
    }

    /// <summary>How many polls have begun.</summary>
    public long PollsStarted => _state.PollsStarted;

    /// <summary>Adds a subscriber.</summary>
    /// <param name="requests">What it waits for.</param>
    /// <param name="lister">How it polls, when it is its turn.</param>
    /// <param name="baseUrl">The control plane's address, for links.</param>
    public PollSubscription Subscribe(IReadOnlyCollection<WatchRequest> requests, IWorkloadLister lister, string baseUrl) =>
        new(this, lister, _state.Subscribe(requests, baseUrl));

    public void Unsubscribe(PollSubscription subscription, string id) => _state.Unsubscribe(subscription.Inbox, id);

    public void UnsubscribeAll(PollSubscription subscription) => _state.UnsubscribeAll(subscription.Inbox);

    /// <summary>
    /// Gives a subscriber the last result if it has not had it yet and it is late enough; else has it poll, or wait for who does.
    /// </summary>
    public async Task<PollResult> PollAsync(
        PollSubscription subscription, IReadOnlyCollection<string> refreshIds, CancellationToken cancellationToken)
    {
        _state.RequestRefresh(subscription.Inbox, refreshIds);
        if (_state.TakeReady(subscription.Inbox) is { } last)
        {
            return last;
        }

        await _polling.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _state.TakeReady(subscription.Inbox) ?? await RunSharedPollAsync(subscription, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _polling.Release();
        }
    }

    public Task SleepAsync(PollSubscription subscription, TimeSpan atMost, CancellationToken cancellationToken) =>
        _time.DelayUntilAsync(atMost, _state.NewsFor(subscription.Inbox), cancellationToken);

    private async Task<PollResult> RunSharedPollAsync(PollSubscription subscription, CancellationToken cancellationToken)
    {
        var number = _state.Begin();
        try
        {
            _state.Finish(number, await _poll.RunAsync(subscription.Lister, number, cancellationToken).ConfigureAwait(false), null);
        }
        catch (RunAiApiException failure)
        {
            // What the control plane says concerns all; any other failure is this subscriber's own, and the next one polls again.
            _state.Finish(number, null, failure);
        }

        return _state.TakeReady(subscription.Inbox)!;
    }
}
