using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Says why workloads wait or ended as they did, what the evidence is, and what to do.</para>
/// <para type="description">
/// The cause is found in the scheduler's messages, conditions, events, history and pods of the workload, and for a run with an artifact
/// store in the result of its step runner and its log. Evidence that cannot be read is named and the rest counts. Nothing is changed.
/// </para>
/// </summary>
/// <example>
/// <para>Ask why a workload waits or failed</para>
/// <code test="emulator">Get-RunAiWorkloadDiagnosis runai-train-4g7c2h9k</code>
/// <para>The diagnosis comes back, with Cause, Summary, Evidence and Remedy.</para>
/// </example>
/// <example>
/// <para>Count the causes of all that wait or failed</para>
/// <code test="emulator">Get-RunAiWorkload -Phase Pending, Failed | Get-RunAiWorkloadDiagnosis | Group-Object Cause</code>
/// <para>One group comes back for each cause.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiWorkloadDiagnosis")]
[OutputType(typeof(WorkloadDiagnosis))]
public sealed class GetWorkloadDiagnosisCommand : WorkloadCommand
{
    private protected override void ProcessWorkload(WorkloadIdentity identity)
    {
        var stackStore = ResolveStack().Stack.ArtifactStore;
        WriteObject(AwaitConnected((connection, context, token) =>
            new RunDiagnoser(context.Services, connection).DiagnoseAsync(identity.Meant, stackStore, token)));
    }
}
