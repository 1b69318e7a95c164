using System.Management.Automation;
using RunAi.Images;
using RunAi.Runs.Attending;
using RunAi.Runs.Log;
using RunAi.Watching;

namespace RunAi.PowerShell.Pipeline;

/// <summary>
/// Shows how work on runs goes on: progress bars for images and waits, and each line of a log as an information record that the host
/// displays, apart from the output.
/// </summary>
internal sealed class RunObserver : IRunObserver, IDisposable
{
    /// <summary>What Write-Host marks its records with: the host shows them whatever the preference for information is.</summary>
    private const string ShownByHost = "PSHOST";
    private const string Tag = "RunAi.Log";

    private readonly PipelinePump _pump;
    private readonly Cmdlet _command;
    private readonly bool _isUnderAzureDevOps;
    private readonly ImageProgressView _image;
    private readonly Lazy<WatchProgressView> _wait;

    public RunObserver(PipelinePump pump, Cmdlet command, SessionEnvironment session)
    {
        _pump = pump;
        _command = command;
        _isUnderAzureDevOps = session.Variable(LogText.AzureDevOpsVariable) is not null;
        _image = new ImageProgressView(pump, command);
        _wait = new Lazy<WatchProgressView>(() => new WatchProgressView(pump, command, session.Time));
    }

    public void OnImageProgress(ImageProgress progress) => _image.Show(progress);

    public void OnImageReady() => _image.End();

    public void OnWaiting(WatchStatus status) => _wait.Value.Show(status);

    public void OnLogLine(LogLine line)
    {
        line.Text = LogText.Clean(line.Text, _isUnderAzureDevOps);
        var message = new HostInformationMessage { Message = line.ToString() };
        _pump.Post(() => _command.WriteInformation(message, [ShownByHost, Tag]));
    }

    public void Dispose()
    {
        if (_wait.IsValueCreated)
        {
            _wait.Value.Dispose();
        }
    }
}
