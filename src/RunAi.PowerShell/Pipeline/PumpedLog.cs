using System.Management.Automation;
using RunAi.Redaction;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Carries the library's lines to the streams of the command that called it.</summary>
internal sealed class PumpedLog : IActivityLog
{
    private readonly PipelinePump _pump;
    private readonly PSCmdlet _command;
    private readonly bool _isVerbose;
    private readonly bool _isDebugging;

    /// <summary>To be made on the pipeline thread.</summary>
    public PumpedLog(PipelinePump pump, PSCmdlet command)
    {
        _pump = pump;
        _command = command;
        _isVerbose = IsOn("Verbose");
        _isDebugging = IsOn("Debug");
    }

    public void Verbose(string message)
    {
        if (_isVerbose)
        {
            _pump.Post(() => _command.WriteVerbose(AgentCommand.Break(message)));
        }
    }

    public void Debug(string message)
    {
        if (_isDebugging)
        {
            _pump.Post(() => _command.WriteDebug(AgentCommand.Break(message)));
        }
    }

    public void Warning(string message) => _pump.Post(() => _command.WriteWarning(AgentCommand.Break(message)));

    /// <summary>
    /// Whether the engine does anything with the lines of a stream: the parameter counts, else the preference variable
    /// (about_CommonParameters, about_Preference_Variables). What it would drop is not carried.
    /// </summary>
    private bool IsOn(string stream) =>
        _command.MyInvocation.BoundParameters.ContainsKey(stream)
        || !LanguagePrimitives.TryConvertTo<ActionPreference>(
            _command.SessionState.PSVariable.GetValue(stream + "Preference"), out var preference)
        || preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
}
