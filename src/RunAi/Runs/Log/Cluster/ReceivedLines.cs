using System.Globalization;

namespace RunAi.Runs.Log;

/// <summary>
/// Does with the lines of a cluster's log what the cluster may not do: takes off their times, and keeps the last ones or the latest.
/// </summary>
internal sealed class ReceivedLines
{
    private readonly Action<LogLine> _tell;
    private readonly IActivityLog _activity;
    private readonly Queue<LogLine> _last = new();
    private bool _isLive;
    private bool _isWarned;

    /// <param name="tell">Gets each line that is wanted.</param>
    /// <param name="activity">Is told of what the cluster does not give.</param>
    public ReceivedLines(Action<LogLine> tell, IActivityLog activity) => (_tell, _activity) = (tell, activity);

    /// <summary>How many of the lines that were there are wanted; null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>True when each line should begin with its time.</summary>
    public bool HasTimes { get; init; }

    /// <summary>Lines that were written before are not wanted; null for all.</summary>
    public DateTimeOffset? Earliest { get; init; }

    /// <summary>Takes a line.</summary>
    public void Take(LogLine line)
    {
        if (HasTimes && !TryTime(line) && !_isWarned)
        {
            _isWarned = true;
            _activity.Warning("The cluster gives no times with the lines of its log"
                + (Earliest is null ? "." : ", so that all of them are shown, not only those since then."));
        }

        if (line.Time < Earliest)
        {
            return;
        }

        if (_isLive || Tail is not { } most)
        {
            _tell(line);
            return;
        }

        _last.Enqueue(line);
        if (_last.Count > most)
        {
            _last.Dequeue();
        }
    }

    /// <summary>What comes from now on is new: it is told as it comes.</summary>
    public void CaughtUp()
    {
        _isLive = true;
        while (_last.Count > 0)
        {
            _tell(_last.Dequeue());
        }
    }

    private static bool TryTime(LogLine line)
    {
        var space = line.Text.IndexOf(' ');
        if (space < "2000-01-01T00:00:00Z".Length || space > 40 || line.Text[10] != 'T'
            || !DateTimeOffset.TryParse(
                line.Text.Substring(0, space), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return false;
        }

        (line.Time, line.Text) = (time, line.Text.Substring(space + 1));
        return true;
    }
}
