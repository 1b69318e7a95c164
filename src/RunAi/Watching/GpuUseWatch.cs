using System.Collections.Concurrent;
using RunAi.ControlPlane;
using RunAi.Measuring;

namespace RunAi.Watching;

/// <summary>
/// Reads now and then how busy the GPUs of running workloads are, without slowing the wait down: for the progress of one that is waited for
/// alone, and for those that are to be stopped when they idle. What was not measured is no idleness: a lack of metrics stops nothing.
/// </summary>
internal sealed class GpuUseWatch
{
    /// <summary>How many samples a span is asked for.</summary>
    public const int Samples = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly MetricReader _reader;
    private readonly TimeProvider _time;
    private readonly Action _idle;
    private readonly CancellationToken _over;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="reader">Reads what was measured.</param>
    /// <param name="time">The clock that the pauses are measured by.</param>
    /// <param name="idle">Is called each time that one is found idle.</param>
    /// <param name="over">Ends the reading.</param>
    public GpuUseWatch(MetricReader reader, TimeProvider time, Action idle, CancellationToken over) =>
        (_reader, _time, _idle, _over) = (reader, time, idle, over);

    /// <summary>The use in percent that was measured last; null when none was, or it does not run.</summary>
    public double? UseOf(string workloadId) => _known.TryGetValue(workloadId, out var known) ? known.Use : null;

    /// <summary>True for one that was found idle over the whole time of its limit.</summary>
    public bool IsIdle(string workloadId) => _known.TryGetValue(workloadId, out var known) && known.IsIdle;

    /// <summary>Forgets what was measured of one that does not run.</summary>
    public void Forget(string workloadId) => _known.TryRemove(workloadId, out _);

    /// <summary>Asks for the use of a running workload when that is due.</summary>
    /// <param name="workloadId">The workload.</param>
    /// <param name="runsSince">When it began to run, by the server's clock.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="below">The percentage below which its GPUs are idle; null for no limit.</param>
    /// <param name="longest">How long they may be; null for no limit.</param>
    public void Refresh(string workloadId, DateTimeOffset runsSince, DateTimeOffset now, double? below = null, TimeSpan? longest = null)
    {
        var known = _known.GetOrAdd(workloadId, _ => new Known());
        var pause = longest is { } limit ? Shorter(Longer(TimeSpan.FromTicks(limit.Ticks / 10), ShortestPause), Pause) : Pause;
        if (known.IsAsking || (known.AskedAt is { } asked && _time.GetElapsedTime(asked) < pause))
        {
            return;
        }

        known.IsAsking = true;
        known.AskedAt = _time.GetTimestamp();
        _ = AskAsync(workloadId, known, runsSince, now, below, longest);
    }

    /// <summary>
    /// Whether samples show idleness over a whole span: enough of them, from its beginning to its end, and each below the percentage.
    /// </summary>
    public static bool IsIdle(IReadOnlyList<WorkloadMetric> samples, DateTimeOffset start, DateTimeOffset end, double below)
    {
        var slack = TimeSpan.FromTicks((end - start).Ticks / 4);
        var seen = samples.Where(sample => sample.Time >= start && sample.Time <= end).ToArray();
        return seen.Length >= Samples / 2
            && seen.Min(sample => sample.Time) <= start + slack
            && seen.Max(sample => sample.Time) >= end - slack
            && seen.All(sample => sample.Value < below);
    }

    private async Task AskAsync(
        string workloadId, Known known, DateTimeOffset runsSince, DateTimeOffset now, double? below, TimeSpan? longest)
    {
        try
        {
            var from = now - (longest ?? Window);
            var start = longest is null && runsSince > from ? runsSince : from;
            if (start >= now)
            {
                return;
            }

            var query = new MetricQuery([MetricTypes.GpuUtilization], start, now, Samples);
            var samples = await _reader.ReadAsync(workloadId, null, query, _over).ConfigureAwait(false);
            known.Use = samples.OrderBy(sample => sample.Time).LastOrDefault()?.Value;
            known.IsIdle = below is { } percent && longest is not null && runsSince <= start && IsIdle(samples, start, now, percent);
            if (known.IsIdle)
            {
                _idle();
            }
        }
        catch (Exception e) when (e is RunAiException or OperationCanceledException)
        {
            // The wait goes on without the figure; it is asked for again after the pause.
            (known.Use, known.IsIdle) = (null, false);
        }
        finally
        {
            known.IsAsking = false;
        }
    }

    private static TimeSpan Longer(TimeSpan first, TimeSpan other) => first > other ? first : other;

    private static TimeSpan Shorter(TimeSpan first, TimeSpan other) => first < other ? first : other;

    private sealed class Known
    {
        private object? _use;

        public volatile bool IsAsking;
        public volatile bool IsIdle;

        public double? Use { get => (double?)Volatile.Read(ref _use); set => Volatile.Write(ref _use, value); }

        public long? AskedAt { get; set; }
    }
}
