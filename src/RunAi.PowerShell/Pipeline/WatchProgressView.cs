using System.Globalization;
using System.Management.Automation;
using RunAi.Watching;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Shows workloads that are waited for as one progress bar: one in detail, many as a count of phases.</summary>
internal sealed class WatchProgressView
{
    private static int _lastId = 1000;

    private readonly int _id = Interlocked.Increment(ref _lastId);
    private readonly PipelinePump _pump;
    private readonly Cmdlet _command;
    private bool _shown;

    public WatchProgressView(PipelinePump pump, Cmdlet command)
    {
        _pump = pump;
        _command = command;
    }

    /// <summary>Shows what is still waited for; nothing ends the bar.</summary>
    public void Show(IReadOnlyList<WatchProgress> open)
    {
        if (open.Count == 0)
        {
            Write(new ProgressRecord(_id, "Waiting", "done") { RecordType = ProgressRecordType.Completed });
        }
        else
        {
            Write(open.Count == 1 ? One(open[0]) : Many(open));
        }
    }

    private ProgressRecord One(WatchProgress one)
    {
        var share = one.Gpu is > 0 ? one.Gpu.Value.ToString("0.##", CultureInfo.InvariantCulture) + " GPU" : "no GPU";
        var record = new ProgressRecord(_id, $"Waiting for {one.Name}", $"{Phase(one.Phase)} for {Clock(one.Elapsed)} since submission")
        {
            CurrentOperation = string.Join(", ", Parts(one, share)),
        };
        return record;
    }

    private static IEnumerable<string> Parts(WatchProgress one, string share)
    {
        yield return share;
        if (one.NodePool is not null)
        {
            yield return $"node pool {one.NodePool}";
        }

        if (one.PendingTime is { } pending)
        {
            yield return $"pending {Clock(pending)}";
        }

        if (one.Preemptions > 0)
        {
            yield return $"preempted {one.Preemptions} times";
        }

        if (!string.IsNullOrEmpty(one.WhyPending))
        {
            yield return one.WhyPending!;
        }
    }

    private ProgressRecord Many(IReadOnlyList<WatchProgress> open)
    {
        var phases = open.GroupBy(o => Phase(o.Phase)).OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {g.Key}");
        return new ProgressRecord(_id, $"Waiting for {open.Count} workloads", string.Join(", ", phases));
    }

    private void Write(ProgressRecord record)
    {
        if (_shown || record.RecordType == ProgressRecordType.Processing)
        {
            _shown = true;
            _pump.Post(() => _command.WriteProgress(record));
        }
    }

    private static string Phase(string phase) => phase.Length == 0 ? "Submitted" : phase;

    private static string Clock(TimeSpan time) =>
        time.ToString(time.TotalDays >= 1 ? @"d\.hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);
}
