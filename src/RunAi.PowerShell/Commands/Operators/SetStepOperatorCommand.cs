using System.Management.Automation;
using RunAi.Operators;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Changes the options of a step operator; those not given stay as they are.</para>
/// <para type="description">The operator is checked as a whole before it is written. Runs that are under way keep what they were submitted
/// with.</para>
/// </summary>
/// <example>
/// <para>Work in another project</para>
/// <code test="emulator">Set-RunAiStepOperator gpu -ProjectName language</code>
/// <para>The operator comes back with the project language.</para>
/// </example>
/// <example>
/// <para>Give up on steps that wait too long, and delete those that fail</para>
/// <code test="emulator">Set-RunAiStepOperator gpu -PendingTimeout 600 -DeleteOnFailure</code>
/// <para>The operator comes back. Its later steps may wait 10 minutes for a place, and failed workloads are deleted.</para>
/// </example>
[Cmdlet(VerbsCommon.Set, "RunAiStepOperator", SupportsShouldProcess = true)]
[OutputType(typeof(StepOperator))]
public sealed class SetStepOperatorCommand : StepOperatorOptionsCommand
{
    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var store = Configuration.StepOperators;
        var changed = store.Resolve(Name);
        Apply(changed);
        StepOperatorValidation.Check(changed);
        if (ShouldProcess(changed.Name, "Change the step operator"))
        {
            StoreSecret();
            WriteObject(Await((_, token) => store.SetAsync(Name, Apply, token)));
        }
    }
}
