using System.Management.Automation;
using RunAi.Redaction;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Carries the library's lines to the streams of the command that called it.</summary>
internal sealed class PumpedLog : IActivityLog
{
    private readonly PipelinePump _pump;
    private readonly Cmdlet _command;

    public PumpedLog(PipelinePump pump, Cmdlet command)
    {
        _pump = pump;
        _command = command;
    }

    public void Verbose(string message) => _pump.Post(() => _command.WriteVerbose(AgentCommand.Break(message)));

    public void Debug(string message) => _pump.Post(() => _command.WriteDebug(AgentCommand.Break(message)));

    public void Warning(string message) => _pump.Post(() => _command.WriteWarning(AgentCommand.Break(message)));
}
