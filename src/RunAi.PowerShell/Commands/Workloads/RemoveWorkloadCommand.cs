using System.Management.Automation;
using RunAi.ControlPlane;
using RunAi.PowerShell.Binding;
using RunAi.Runs.Attending;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Deletes workloads, with their records.</para>
/// <para type="description">
/// The control plane accepts the request and acts on it a little later. Many are asked for a hundred in one request; one that fails leaves
/// the others. A workload that RunAi did not create, as its labels tell, is somebody else's: it is asked about first, unless
/// -Confirm:$false is given.
/// </para>
/// </summary>
/// <example>
/// <para>Delete one workload</para>
/// <code>Remove-RunAiWorkload runai-train-4g7c2h9k</code>
/// <para>Nothing comes back. The run's record, log and outputs stay.</para>
/// </example>
/// <example>
/// <para>Delete test workloads without a question</para>
/// <code test="emulator">Get-RunAiWorkload runai-test-* | Remove-RunAiWorkload -Confirm:$false</code>
/// <para>Nothing comes back.</para>
/// </example>
/// <example>
/// <para>Keep a list of what was deleted</para>
/// <code test="emulator">Get-RunAiWorkload runai-test-* | Remove-RunAiWorkload -Confirm:$false -PassThru | Export-Csv deleted.csv</code>
/// <para>The file names each workload that was deleted, as it was before.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "RunAiWorkload", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(Workload))]
public sealed class RemoveWorkloadCommand : WorkloadActionCommand
{
    /// <inheritdoc/>
    private protected override WorkloadAction Action => WorkloadAction.Delete;

    /// <inheritdoc/>
    private protected override string Question => "Delete the workload";

    /// <inheritdoc/>
    private protected override IReadOnlyList<WorkloadIdentity> Agreed(
        IReadOnlyList<WorkloadIdentity> identities, RunAi.StepOperator stepOperator)
    {
        if (IsWhatIf || Threshold != ConfirmImpact.High)
        {
            return base.Agreed(identities, stepOperator);
        }

        AwaitedWorkload[] meant = [.. identities.Select(identity => identity.Meant)];
        var foreign = AwaitConnected(stepOperator, (connection, _, token) => new ForeignWorkloads(connection).FindAsync(meant, token));
        return [.. identities.Where((identity, index) => !foreign.Contains(index)
            || ShouldProcess($"{identity.Text}, which RunAi did not create", Question))];
    }

    /// <summary>From which impact on the user wants to be asked.</summary>
    private ConfirmImpact Threshold =>
        MyInvocation.BoundParameters.TryGetValue("Confirm", out var given)
            ? LanguagePrimitives.IsTrue(given) ? ConfirmImpact.Low : ConfirmImpact.None
        : LanguagePrimitives.TryConvertTo<ConfirmImpact>(SessionState.PSVariable.GetValue("ConfirmPreference"), out var preference)
            ? preference
        : ConfirmImpact.High;
}
