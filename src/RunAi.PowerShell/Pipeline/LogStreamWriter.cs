using System.Management.Automation;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Writes lines that are shown while a command waits to one stream of it.</summary>
internal sealed class LogStreamWriter
{
    /// <summary>What Write-Host marks its records with: the host shows them whatever the preference for information is.</summary>
    private const string ShownByHost = "PSHOST";

    private readonly PipelinePump _pump;
    private readonly Cmdlet _command;
    private readonly LogStream _stream;
    private readonly string _prefix;

    /// <param name="pump">Carries lines to the pipeline thread.</param>
    /// <param name="command">The command that writes them.</param>
    /// <param name="stream">Where they go.</param>
    /// <param name="prefix">What each line begins with.</param>
    public LogStreamWriter(PipelinePump pump, Cmdlet command, LogStream stream, string prefix) =>
        (_pump, _command, _stream, _prefix) = (pump, command, stream, prefix);

    /// <summary>Has a line written soon.</summary>
    /// <param name="line">The line, fit to be shown.</param>
    /// <param name="tag">Tells the information record from others.</param>
    public void Write(string line, string tag)
    {
        if (_stream != LogStream.None)
        {
            _pump.Post(() => WriteNow(_prefix + line, tag));
        }
    }

    private void WriteNow(string line, string tag)
    {
        switch (_stream)
        {
            case LogStream.Output:
                _command.WriteObject(line);
                break;
            case LogStream.Verbose:
                _command.WriteVerbose(line);
                break;
            case LogStream.Warning:
                _command.WriteWarning(line);
                break;
            default:
                _command.WriteInformation(new HostInformationMessage { Message = line }, [ShownByHost, tag]);
                break;
        }
    }
}
