using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the step operators that are registered.</para>
/// </summary>
/// <example><code>Get-RunAiStepOperator</code></example>
/// <example><code>Get-RunAiStepOperator gpu*</code></example>
[Cmdlet(VerbsCommon.Get, "RunAiStepOperator")]
[OutputType(typeof(StepOperator))]
public sealed class GetStepOperatorCommand : RunAiCommand
{
    /// <summary><para type="description">The name, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StepOperatorNameCompleter))]
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
