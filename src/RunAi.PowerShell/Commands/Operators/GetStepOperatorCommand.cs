using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the step operators that are registered.</para>
/// <para type="description">What is registered is read from the configuration file. No control plane is asked, and no secret is
/// read.</para>
/// </summary>
/// <example>
/// <para>List all step operators</para>
/// <code test="emulator">Get-RunAiStepOperator</code>
/// <para>Each comes back with its name, base URL, project and the references to its credentials.</para>
/// </example>
/// <example>
/// <para>List those whose name begins alike</para>
/// <code test="emulator">Get-RunAiStepOperator gpu*</code>
/// <para>Only the operators whose name begins with gpu come back.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiStepOperator")]
[OutputType(typeof(StepOperator))]
public sealed class GetStepOperatorCommand : RunAiCommand
{
    /// <summary><para type="description">The name, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StepOperatorNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var name in Name)
        {
            var found = Configuration.StepOperators.Get(name);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteFailure(Configuration.StepOperators.NotFound(name));
            }

            WriteObject(found, enumerateCollection: true);
        }
    }
}
