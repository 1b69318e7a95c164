using System.Management.Automation;
using RunAi.Runs.Log;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Shows a run's log while it runs: each line as an information record that the host displays, apart from the output.</summary>
internal sealed class LiveLog
{
    /// <summary>What Write-Host marks its records with: the host shows them whatever the preference for information is.</summary>
    private const string ShownByHost = "PSHOST";
    private const string Tag = "RunAi.Log";

    private readonly CommandContext _context;
    private readonly Cmdlet _command;

    public LiveLog(CommandContext context, Cmdlet command)
    {
        _context = context;
        _command = command;
    }

    /// <summary>Shows every line until the log has ended.</summary>
    public Task ShowAsync(ILogSource log, Task ended, CancellationToken token)
    {
        var underAzureDevOps = _context.Session.Variable(LogText.AzureDevOpsVariable) is not null;
        return new LogFollower(log, _context.Session.Time, _context.Log).FollowAsync(Show, ended, token);

        void Show(LogLine line)
        {
            line.Text = LogText.Clean(line.Text, underAzureDevOps);
            var message = new HostInformationMessage { Message = line.ToString() };
            _context.Pump.Post(() => _command.WriteInformation(message, [ShownByHost, Tag]));
        }
    }
}
