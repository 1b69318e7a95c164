using System.Management.Automation;
using RunAi.Operators;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Changes the options of a step operator; those not given stay as they are.</para>
/// </summary>
/// <example><code>Set-RunAiStepOperator gpu -ProjectName language</code></example>
/// <example><code>Set-RunAiStepOperator gpu -PendingTimeout 600 -DeleteOnFailure</code></example>
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
