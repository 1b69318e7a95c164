using System.Collections.Concurrent;
using RunAi.Artifacts;
using RunAi.Images;
using RunAi.Redaction;
using RunAi.Runs;
using RunAi.Runs.Attending;
using RunAi.Runs.Log;
using RunAi.Watching;

namespace RunAi.PowerShell.Pipeline;

/// <summary>
/// Shows how work on runs goes on: progress bars for images and waits, and each line of a log, apart from the output unless that is asked
/// for. Where no bars are seen it tells the same in lines.
/// </summary>
internal sealed class RunObserver : IRunObserver, IDisposable
{
    /// <summary>What Write-Host marks its records with: the host shows them whatever the preference for information is.</summary>
    public const string ShownByHost = "PSHOST";

    private const string LogTag = "RunAi.Log";
    private const string ProgressTag = "RunAi.Progress";

    /// <summary>The time between two lines for a bar of the step's own.</summary>
    private static readonly TimeSpan StatePause = TimeSpan.FromSeconds(30);

    private readonly LogStreamWriter _stream;
    private readonly ProgressWriter _progress;
    private readonly TimeProvider _time;
    private readonly bool _isUnderAzureDevOps;
    private readonly ImageProgressView _image;
    private readonly ConcurrentDictionary<string, ArtifactProgressView> _inputs = new(StringComparer.OrdinalIgnoreCase);
    private readonly LogStateView _state;
    private readonly Lazy<WatchProgressView> _wait;
    private readonly RunLines? _lines;
    private long? _stateToldAt;

    /// <param name="stream">Where lines go.</param>
    /// <param name="progress">Where progress bars go.</param>
    /// <param name="session">The environment and the clock.</param>
    /// <param name="showsProgress">Whether a user sees progress bars.</param>
    public RunObserver(LogStreamWriter stream, ProgressWriter progress, SessionEnvironment session, bool showsProgress)
    {
        _stream = stream;
        _progress = progress;
        _time = session.Time;
        _isUnderAzureDevOps = session.IsUnderAzureDevOps;
        _image = new ImageProgressView(progress);
        _state = new LogStateView(progress);
        _wait = new Lazy<WatchProgressView>(() => new WatchProgressView(progress, session.Time));
        _lines = showsProgress ? null : new RunLines(session.Time, line => Write(AgentCommand.Break(line), ProgressTag));
    }

    public void OnImageProgress(ImageProgress progress) => _image.Show(progress);

    public void OnImageStored(StepImage image) => _lines?.OnImageStored(image);

    public void OnInputProgress(ArtifactProgress progress) =>
        _inputs.GetOrAdd(progress.Name, _ => new ArtifactProgressView(_progress)).Show(progress);

    public void OnImageReady()
    {
        _image.End();
        foreach (var input in _inputs.Values)
        {
            input.End();
        }
    }

    public void OnSubmitted(StepRun run) => _lines?.OnSubmitted(run);

    public void OnWaiting(WatchStatus status)
    {
        _wait.Value.Show(status);
        _lines?.OnWaiting(status);
    }

    public void OnEnded(Workload workload)
    {
        _state.End();
        if (_lines is not null)
        {
            Write(AgentCommand.Break(RunLines.Ended(workload)), ProgressTag);
        }
    }

    /// <summary>The end of a run is a line also where bars are seen: they are gone by then.</summary>
    public void OnRunEnded(RunFigures figures)
    {
        _state.End();
        Write(AgentCommand.Break(figures.Line()), ProgressTag);
    }

    /// <summary>A line that sums many runs up.</summary>
    public void OnSummary(string line) => Write(line, ProgressTag);

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

    private void Write(string line, string tag) => _stream.Write(line, tag);
}
