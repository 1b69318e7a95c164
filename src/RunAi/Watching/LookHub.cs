using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace RunAi.Watching;

/// <summary>
/// The looks at one project, shared by all who wait for workloads in it. One of them at a time looks, with its own credentials,
/// log and cancellation, and all get what concerns them; when it is cancelled, another looks in its place.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing to dispose of.")]
internal sealed class LookHub
{
    private readonly object _gate = new();
    private readonly SemaphoreSlim _looking = new(1, 1);
    private readonly TimeProvider _time;
    private readonly LookTable _table;
    private readonly ProjectLook _look;
    private TaskCompletionSource<bool> _news = NewsToCome();
    private DateTimeOffset _serverTime;
    private ExceptionDispatchInfo? _failure;
    private long _finished;

    public LookHub(TimeProvider time)
    {
        _time = time;
        _table = new LookTable(_gate);
        _look = new ProjectLook(_table, time);
    }

    /// <summary>How many looks have begun.</summary>
    public long Begun { get; private set; }

    /// <summary>Adds a waiter.</summary>
    /// <param name="requests">What it waits for.</param>
    /// <param name="lister">How it looks, when it is its turn.</param>
    /// <param name="baseUrl">The control plane's address, for links.</param>
    public LookSubscription Follow(IReadOnlyCollection<WatchRequest> requests, IWorkloadLister lister, string baseUrl)
    {
        lock (_gate)
        {
            var subscription = new LookSubscription(this, lister, baseUrl) { NeedsLaterThan = Begun };
            _table.Add(subscription, requests);
            return subscription;
        }
    }

    public void Leave(LookSubscription subscription, string id)
    {
        lock (_gate)
        {
            _table.Remove(subscription, id);
        }
    }

    public void LeaveAll(LookSubscription subscription)
    {
        lock (_gate)
        {
            _table.RemoveAll(subscription);
        }
    }

    /// <summary>Gives a waiter the last look if it has not had it yet and it is late enough; else has it look, or wait for who does.</summary>
    public async Task<Look> LookAsync(LookSubscription subscription, IReadOnlyCollection<string> closely, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (closely.Count > 0)
            {
                _table.Want(closely, Begun);
                subscription.NeedsLaterThan = Begun;
            }
        }

        if (Ready(subscription) is { } last)
        {
            return last;
        }

        await _looking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Ready(subscription) ?? await LeadAsync(subscription, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _looking.Release();
        }
    }

    public async Task SleepAsync(LookSubscription subscription, TimeSpan atMost, CancellationToken cancellationToken)
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

    private async Task<Look> LeadAsync(LookSubscription subscription, CancellationToken cancellationToken)
    {
        long number;
        lock (_gate)
        {
            number = ++Begun;
        }

        try
        {
            var serverTime = await _look.TakeAsync(subscription.Lister, number, cancellationToken).ConfigureAwait(false);
            Finish(number, serverTime, null);
        }
        catch (RunAiApiException failure)
        {
            // What the control plane says concerns all; any other failure is this waiter's own, and the next one looks again.
            Finish(number, _serverTime, ExceptionDispatchInfo.Capture(failure));
        }

        return Ready(subscription)!;
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

    private Look? Ready(LookSubscription subscription)
    {
        lock (_gate)
        {
            if (!IsReady(subscription))
            {
                return null;
            }

            subscription.NeedsLaterThan = _finished;
            _failure?.Throw();
            return subscription.Empty(_finished, _serverTime);
        }
    }

    private bool IsReady(LookSubscription subscription) => _finished > subscription.NeedsLaterThan;

    private static TaskCompletionSource<bool> NewsToCome() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
