using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace RunAi.Watching;

/// <summary>
/// The looks at one project, shared by all who wait for workloads in it. One of them at a time looks, with its own credentials,
/// log and cancellation, and all get what concerns them; when it is cancelled, another looks in its place.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing to dispose of.")]
internal sealed class WorkloadPoller
{
    private readonly object _gate = new();
    private readonly SemaphoreSlim _looking = new(1, 1);
    private readonly TimeProvider _time;
    private readonly PollState _table;
    private readonly ProjectPoll _look;
    private TaskCompletionSource<bool> _news = NewsToCome();
    private DateTimeOffset _serverTime;
    private ExceptionDispatchInfo? _failure;
    private long _finished;

    public WorkloadPoller(TimeProvider time)
    {
        _time = time;
        _table = new PollState(_gate);
        _look = new ProjectPoll(_table, time);
    }

    /// <summary>How many looks have begun.</summary>
    public long PollsStarted { get; private set; }

    /// <summary>Adds a waiter.</summary>
    /// <param name="requests">What it waits for.</param>
    /// <param name="lister">How it looks, when it is its turn.</param>
    /// <param name="baseUrl">The control plane's address, for links.</param>
    public PollSubscription Subscribe(IReadOnlyCollection<WatchRequest> requests, IWorkloadLister lister, string baseUrl)
    {
        lock (_gate)
        {
            var subscription = new PollSubscription(this, lister, baseUrl) { LastDelivered = PollsStarted };
            _table.Add(subscription, requests);
            return subscription;
        }
    }

    public void Unsubscribe(PollSubscription subscription, string id)
    {
        lock (_gate)
        {
            _table.Remove(subscription, id);
        }
    }

    public void UnsubscribeAll(PollSubscription subscription)
    {
        lock (_gate)
        {
            _table.RemoveAll(subscription);
        }
    }

    /// <summary>Gives a waiter the last look if it has not had it yet and it is late enough; else has it look, or wait for who does.</summary>
    public async Task<PollResult> PollAsync(PollSubscription subscription, IReadOnlyCollection<string> closely, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (closely.Count > 0)
            {
                _table.RequestRefresh(closely, PollsStarted);
                subscription.LastDelivered = PollsStarted;
            }
        }

        if (TakeReady(subscription) is { } last)
        {
            return last;
        }

        await _looking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return TakeReady(subscription) ?? await RunSharedPollAsync(subscription, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _looking.Release();
        }
    }

    public async Task SleepAsync(PollSubscription subscription, TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task news;
        lock (_gate)
        {
            if (IsReady(subscription))
            {
                return;
            }

            news = _news.Task;
        }

        using var early = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = _time.DelayAsync(atMost, early.Token);
        await Task.WhenAny(news, delay).ConfigureAwait(false);
        early.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<PollResult> RunSharedPollAsync(PollSubscription subscription, CancellationToken cancellationToken)
    {
        long number;
        lock (_gate)
        {
            number = ++PollsStarted;
        }

        try
        {
            var serverTime = await _look.RunAsync(subscription.Lister, number, cancellationToken).ConfigureAwait(false);
            Finish(number, serverTime, null);
        }
        catch (RunAiApiException failure)
        {
            // What the control plane says concerns all; any other failure is this waiter's own, and the next one looks again.
            Finish(number, _serverTime, ExceptionDispatchInfo.Capture(failure));
        }

        return TakeReady(subscription)!;
    }

    private void Finish(long number, DateTimeOffset serverTime, ExceptionDispatchInfo? failure)
    {
        TaskCompletionSource<bool> news;
        lock (_gate)
        {
            (_finished, _serverTime, _failure) = (number, serverTime, failure);
            (news, _news) = (_news, NewsToCome());
        }

        news.TrySetResult(true);
    }

    private PollResult? TakeReady(PollSubscription subscription)
    {
        lock (_gate)
        {
            if (!IsReady(subscription))
            {
                return null;
            }

            subscription.LastDelivered = _finished;
            _failure?.Throw();
            return subscription.TakeResult(_finished, _serverTime);
        }
    }

    private bool IsReady(PollSubscription subscription) => _finished > subscription.LastDelivered;

    private static TaskCompletionSource<bool> NewsToCome() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
