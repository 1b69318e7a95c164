using System.Management.Automation;

namespace RunAi.PowerShell.Pipeline;

/// <summary>What asynchronous work may use of the command that started it.</summary>
internal sealed class WorkContext
{
    public WorkContext(PSCmdlet command)
    {
        Pump = new PipelinePump();
        Log = new PumpedLog(Pump, command);
    }

    public PipelinePump Pump { get; }

    public IActivityLog Log { get; }
}
