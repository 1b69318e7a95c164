using System.Collections;
using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Pipeline;

/// <summary>
/// Tells whether a command runs in a job of Azure Automation, whose record has no place for progress and for the information stream
/// (learn.microsoft.com/azure/automation/automation-runbook-output-and-messages).
/// </summary>
internal static class RunbookJob
{
    /// <summary>The variable that Automation sets for each job, with the job's id.</summary>
    private const string Metadata = "PSPrivateMetadata";

    /// <summary>True in a job. To be asked on the pipeline thread.</summary>
    public static bool Runs(PSCmdlet command) =>
        PSObjectUnwrapper.Value(command.SessionState.PSVariable.GetValue(Metadata)) is IDictionary metadata
        && metadata["JobId"] is not null;
}
