using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes a stack the active one, which commands work with when none is named.</para>
/// </summary>
/// <example><code>Use-RunAiStack prod</code></example>
/// <example><code>Import-RunAiStack | Use-RunAiStack</code></example>
[Cmdlet(VerbsOther.Use, "RunAiStack", SupportsShouldProcess = true)]
[OutputType(typeof(RunAi.Stack))]
public sealed class UseStackCommand : RunAiCommand
{
    /// <summary><para type="description">The name of the stack.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    public string Name { get; set; } = "";

    /// <inheritdoc/>
    protected override object? CurrentTarget => Name;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var stacks = Configuration.Stacks;
        stacks.EnsureThere(Name);
        if (ShouldProcess(Name, "Make the stack the active one"))
        {
            WriteObject(Await((_, token) => stacks.UseAsync(Name, token)));
        }
    }
}
