using System.Globalization;
using System.Management.Automation;
using RunAi.Watching;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Shows workloads that are waited for as one progress bar: one in detail, many as a count of phases.</summary>
internal sealed class WatchProgressView : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static int _lastId = 1000;

    private readonly int _id = Interlocked.Increment(ref _lastId);
    private readonly ProgressWriter _writer;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private volatile Shown? _single;
    private bool _shown;

    public WatchProgressView(ProgressWriter writer, TimeProvider time)
    {
        _writer = writer;
        _time = time;
        _timer = time.CreateTimer(_ => Refresh(), null, Tick, Tick);
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Shows what is still waited for; nothing ends the bar.</summary>
    public void Show(WatchStatus status)
    {
        _single = status.Only is { } only ? new Shown(only, _time.GetTimestamp()) : null;
        if (status.Count == 0)
        {
            Write(new ProgressRecord(_id, "Waiting", "done") { RecordType = ProgressRecordType.Completed });
        }
        else
        {
            Write(_single is { } single ? One(single.Progress, TimeSpan.Zero) : Many(status));
        }
    }

    /// <summary>Polls may be far apart, or fail: the time goes on all the same.</summary>
    private void Refresh()
    {
        if (_single is { } single)
        {
            Write(One(single.Progress, _time.GetElapsedTime(single.At)));
        }
    }

    /// <summary>All of it is in the status: PowerShell 7 draws nothing else of a record in its usual view.</summary>
    private ProgressRecord One(WatchProgress progress, TimeSpan since) => new(
        _id,
        $"Waiting for {progress.Name}",
        string.Join(", ", Parts(progress, since).Prepend($"{Phase(progress.Phase)}, {Clock(progress.Elapsed + since)} since submission")));

    private static IEnumerable<string> Parts(WatchProgress progress, TimeSpan since)
    {
        if (!string.IsNullOrEmpty(progress.WhyPending))
        {
            yield return progress.WhyPending!;
        }

        if (progress.Gpu is { } share)
        {
            var busy = progress.GpuUse is { } use ? $" {use.ToString("0", CultureInfo.InvariantCulture)} % busy" : "";
            yield return $"{share.ToString("0.##", CultureInfo.InvariantCulture)} GPU{busy}";
        }

        if (progress.NodePool is not null)
        {
            yield return $"node pool {progress.NodePool}";
        }

        if (progress.PendingTime is { } pending)
        {
            yield return $"pending {Clock(progress.IsWaiting ? pending + since : pending)}";
        }

        if (progress.Preemptions > 0)
        {
            yield return $"preempted {progress.Preemptions} times";
        }
    }

    private ProgressRecord Many(WatchStatus status)
    {
        var phases = status.Phases.OrderByDescending(p => p.Value).Select(p => $"{p.Value} {Phase(p.Key)}");
        var told = status.Waiting.FirstOrDefault(progress => !string.IsNullOrEmpty(progress.WhyPending));
        var why = told is null ? "" : $"; {told.Name}: {told.WhyPending}";
        return new ProgressRecord(_id, $"Waiting for {status.Count} workloads", string.Join(", ", phases) + why);
    }

    private void Write(ProgressRecord record)
    {
        if (_shown || record.RecordType == ProgressRecordType.Processing)
        {
            _shown = true;
            _writer.Write(record);
        }
    }

    private static string Phase(string phase) => phase.Length == 0 ? "Submitted" : phase;

    private static string Clock(TimeSpan time) =>
        time.ToString(time.TotalDays >= 1 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);

    private sealed record Shown(WatchProgress Progress, long At);
}
