using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Lists the stacks that are registered; one of them is active.</para>
/// <para type="description">What is registered is read from the configuration file. Components are shown by their names.</para>
/// </summary>
/// <example>
/// <para>List all stacks</para>
/// <code test="emulator">Get-RunAiStack</code>
/// <para>Each comes back with its components and whether it is the active one.</para>
/// </example>
/// <example>
/// <para>See what commands work with</para>
/// <code test="emulator">Get-RunAiStack -Active</code>
/// <para>The active stack comes back, or nothing when none is.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "RunAiStack", DefaultParameterSetName = "Name")]
[OutputType(typeof(RunAi.Stack))]
public sealed class GetStackCommand : RunAiCommand
{
    /// <summary><para type="description">The name, with * and ? as wildcards; all by default.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Name")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary><para type="description">Gives the active stack alone, or nothing when none is active.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "Active")]
    public SwitchParameter Active { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var stacks = Configuration.Stacks;
        foreach (var name in Name)
        {
            var found = stacks.Get(name);
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteFailure(stacks.NotFound(name));
            }

            WriteObject(found.Where(stack => stack.IsActive || !Active), enumerateCollection: true);
        }
    }
}
