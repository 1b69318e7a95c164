using System.Management.Automation;
using RunAi.PowerShell.Binding;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes a stack the active one, which commands work with when none is named.</para>
/// <para type="description">The choice is kept in the configuration file and holds for all sessions of the user.</para>
/// </summary>
/// <example>
/// <para>Work with a stack</para>
/// <code test="emulator">Use-RunAiStack prod</code>
/// <para>The stack comes back. Commands without -Stack work with it.</para>
/// </example>
/// <example>
/// <para>Work with the stack of a repository</para>
/// <code test="emulator">Import-RunAiStack | Use-RunAiStack</code>
/// <para>The stack of the nearest runai.json comes back, as the active one.</para>
/// </example>
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
