using System.Management.Automation;

namespace RunAi.PowerShell.Pipeline;

/// <summary>
/// Shows the last state of a line that a program writes anew again and again, such as its own progress bar, as a progress bar.
/// </summary>
internal sealed class LogStateView
{
    private static int _lastId = 4000;

    private readonly int _id = Interlocked.Increment(ref _lastId);
    private readonly ProgressWriter _writer;
    private volatile bool _isShown;

    public LogStateView(ProgressWriter writer)
    {
        _writer = writer;
    }

    public void Show(string state)
    {
        if (state.Trim().Length > 0)
        {
            _isShown = true;
            Write(new ProgressRecord(_id, "The step writes", state));
        }
    }

    /// <summary>The line has ended, or the log has.</summary>
    public void End()
    {
        if (_isShown)
        {
            _isShown = false;
            Write(new ProgressRecord(_id, "The step writes", "done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private void Write(ProgressRecord record) => _writer.Write(record);
}
