using System.Management.Automation;

namespace RunAi.Quickstart.Hosting;

/// <summary>
/// Shows progress: one line that changes in place on a terminal; elsewhere a plain line on standard error now and then,
/// at intervals that double from one second to one minute, so that a long wait does not fill a log.
/// </summary>
internal sealed class ProgressLine(Terminal terminal, TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private string _last = "";
    private long _lastAt;
    private TimeSpan _interval;

    public void Show(ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
        {
            End();
        }
        else if (terminal.IsLive)
        {
            terminal.ShowTransient(Describe(record));
        }
        else
        {
            ShowPlain(Describe(record));
        }
    }

    private void End()
    {
        _last = "";
        _interval = TimeSpan.Zero;
        if (terminal.IsLive)
        {
            terminal.ShowTransient("");
        }
    }

    private void ShowPlain(string line)
    {
        if (line == _last || (_last.Length > 0 && time.GetElapsedTime(_lastAt) < _interval))
        {
            return;
        }

        _interval = _interval == TimeSpan.Zero ? Shortest : TimeSpan.FromTicks(Math.Min(_interval.Ticks * 2, Longest.Ticks));
        _last = line;
        _lastAt = time.GetTimestamp();
        terminal.WriteErrorLine(line);
    }

    private static string Describe(ProgressRecord record)
    {
        var parts = new[]
        {
            record.Activity,
            record.StatusDescription,
            record.CurrentOperation,
            record.PercentComplete >= 0 ? $"{record.PercentComplete} %" : "",
            record.SecondsRemaining >= 0 ? $"{record.SecondsRemaining} s left" : "",
        };
        return "[" + string.Join("; ", parts.Where(part => !string.IsNullOrWhiteSpace(part))).ReplaceLineEndings(" ") + "]";
    }
}
