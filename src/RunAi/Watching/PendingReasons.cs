using System.Collections.Concurrent;

namespace RunAi.Watching;

/// <summary>
/// Adds to the progress why workloads wait, without slowing the wait down: the first few that wait for more than some seconds are examined
/// in the background, each now and then; the others show what the poll itself told.
/// </summary>
internal sealed class PendingReasons
{
    private const int Few = 3;
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Func<WatchProgress, CancellationToken, Task<WorkloadDiagnosis>> _examine;
    private readonly TimeProvider _time;
    private readonly Action<WatchProgress, WorkloadDiagnosis>? _neverFits;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="examine">Examines a workload.</param>
    /// <param name="time">The clock that the pauses are measured by.</param>
    /// <param name="neverFits">Gets each workload once that no node can ever hold; null for nobody.</param>
    public PendingReasons(
        Func<WatchProgress, CancellationToken, Task<WorkloadDiagnosis>> examine, TimeProvider time,
        Action<WatchProgress, WorkloadDiagnosis>? neverFits = null)
    {
        _neverFits = neverFits;
        _examine = examine;
        _time = time;
    }

    /// <summary>The same progress with the reasons known so far; asks for those that are due.</summary>
    public IReadOnlyList<WatchProgress> AddTo(IReadOnlyList<WatchProgress> open, CancellationToken cancellationToken)
    {
        var waiting = open.Where(progress => progress.IsWaiting && progress.Elapsed >= Patient).Take(Few).ToArray();
        foreach (var progress in waiting)
        {
            Ask(progress, cancellationToken);
        }

        return waiting.Length == 0 ? open : [.. open.Select(WithReason)];
    }

    /// <summary>True for a workload that no node can ever hold, as far as that was found out.</summary>
    public bool NeverFits(string workloadId) => _known.TryGetValue(workloadId, out var known) && known.NeverFits;

    private WatchProgress WithReason(WatchProgress progress) =>
        progress.IsWaiting && _known.TryGetValue(progress.WorkloadId, out var known) && known.Why is { } why
            ? progress with { WhyPending = why }
            : progress;

    private void Ask(WatchProgress progress, CancellationToken cancellationToken)
    {
        var known = _known.GetOrAdd(progress.WorkloadId, _ => new Known());
        if (known.IsAsking || (known.AskedAt is { } asked && _time.GetElapsedTime(asked) < Pause))
        {
            return;
        }

        known.IsAsking = true;
        known.AskedAt = _time.GetTimestamp();
        _ = AskAsync(progress, known, cancellationToken);
    }

    private async Task AskAsync(WatchProgress progress, Known known, CancellationToken cancellationToken)
    {
        try
        {
            var diagnosis = await _examine(progress, cancellationToken).ConfigureAwait(false);
            known.Why = diagnosis.Cause is DiagnosisCause.Unknown or DiagnosisCause.None ? null : diagnosis.ToString();
            var wasKnown = known.NeverFits;
            known.NeverFits = diagnosis.NeverFits;
            if (diagnosis.NeverFits && !wasKnown)
            {
                _neverFits?.Invoke(progress, diagnosis);
            }
        }
        catch (Exception e) when (e is RunAiException or OperationCanceledException)
        {
            // The bar goes on without the reason; it is asked for again after the pause.
            known.Why = null;
        }
        finally
        {
            known.IsAsking = false;
        }
    }

    private sealed class Known
    {
        public volatile bool IsAsking;
        public volatile bool NeverFits;
        public volatile string? Why;

        public long? AskedAt { get; set; }
    }
}
