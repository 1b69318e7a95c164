using System.Management.Automation;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Writes progress records on the pipeline thread; none where the job's record has no place for them.</summary>
internal sealed class ProgressWriter
{
    private readonly PipelinePump _pump;
    private readonly Cmdlet _command;
    private readonly bool _isSilent;

    /// <param name="pump">Carries records to the pipeline thread.</param>
    /// <param name="command">The command that writes them.</param>
    /// <param name="isSilent">True to write none.</param>
    public ProgressWriter(PipelinePump pump, Cmdlet command, bool isSilent) => (_pump, _command, _isSilent) = (pump, command, isSilent);

    /// <summary>Has a record written soon.</summary>
    public void Write(ProgressRecord record)
    {
        if (!_isSilent)
        {
            _pump.Post(() => _command.WriteProgress(record));
        }
    }
}
