using System.Management.Automation;
using RunAi.Images;
using RunAi.Redaction;
using RunAi.Runs.Attending;
using RunAi.Runs.Log;
using RunAi.Watching;

namespace RunAi.PowerShell.Pipeline;

/// <summary>
/// Shows how work on runs goes on: progress bars for images and waits, and each line of a log as an information record that the host
/// displays, apart from the output. Where no bars are seen it tells the same in lines.
/// </summary>
internal sealed class RunObserver : IRunObserver, IDisposable
{
    /// <summary>What Write-Host marks its records with: the host shows them whatever the preference for information is.</summary>
    public const string ShownByHost = "PSHOST";
    private const string LogTag = "RunAi.Log";
    private const string ProgressTag = "RunAi.Progress";

    /// <summary>The time between two lines for a bar of the step's own.</summary>
    private static readonly TimeSpan StatePause = TimeSpan.FromSeconds(30);

    private readonly PipelinePump _pump;
    private readonly Cmdlet _command;
    private readonly TimeProvider _time;
    private readonly bool _isUnderAzureDevOps;
    private readonly ImageProgressView _image;
    private readonly LogStateView _state;
    private readonly Lazy<WatchProgressView> _wait;
    private readonly RunLines? _lines;
    private long? _stateToldAt;

    public RunObserver(PipelinePump pump, Cmdlet command, SessionEnvironment session, bool showsProgress)
    {
        _pump = pump;
        _command = command;
        _time = session.Time;
        _isUnderAzureDevOps = session.IsUnderAzureDevOps;
        _image = new ImageProgressView(pump, command);
        _state = new LogStateView(pump, command);
        _wait = new Lazy<WatchProgressView>(() => new WatchProgressView(pump, command, session.Time));
        _lines = showsProgress ? null : new RunLines(session.Time, line => Write(AgentCommand.Break(line), ProgressTag));
    }

    public void OnImageProgress(ImageProgress progress) => _image.Show(progress);

    public void OnImageStored(StepImage image) => _lines?.OnImageStored(image);

    public void OnImageReady() => _image.End();

    public void OnSubmitted(StepRun run) => _lines?.OnSubmitted(run);

    public void OnWaiting(WatchStatus status)
    {
        _wait.Value.Show(status);
        _lines?.OnWaiting(status);
    }

    public void OnEnded(object runOrWorkload)
    {
        _state.End();
        _lines?.OnEnded(runOrWorkload);
    }

    public void OnLogLine(LogLine line)
    {
        _state.End();
        line.Text = LogText.Shorten(line.Text, _isUnderAzureDevOps);
        Write(line.ToString(), LogTag);
    }

    public void OnLogState(LogLine line)
    {
        line.Text = LogText.Shorten(line.Text, _isUnderAzureDevOps);
        if (_lines is null)
        {
            _state.Show(line.ToString());
        }
        else if (_stateToldAt is not { } told || _time.GetElapsedTime(told) >= StatePause)
        {
            _stateToldAt = _time.GetTimestamp();
            Write(line.ToString(), LogTag);
        }
    }

    public void Dispose()
    {
        _state.End();
        if (_wait.IsValueCreated)
        {
            _wait.Value.Dispose();
        }
    }

    private void Write(string line, string tag)
    {
        var message = new HostInformationMessage { Message = line };
        _pump.Post(() => _command.WriteInformation(message, [ShownByHost, tag]));
    }
}
