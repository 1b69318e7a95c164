using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Forgets a stack. Its components stay registered. When it was the active one, none is.</para>
/// <para type="description">Components can be used by other stacks. Forget them with Unregister-RunAiStepOperator, -ArtifactStore,
/// -ContainerRegistry and -ImageBuilder. Those that no other stack uses are named in a line on the information stream, with these
/// commands.</para>
/// </summary>
/// <example>
/// <para>Forget a stack</para>
/// <code test="emulator">Unregister-RunAiStack prod</code>
/// <para>Nothing comes back. Commands that named it get RunAi.InvalidStack.</para>
/// </example>
/// <example>
/// <para>Forget every stack whose name begins alike</para>
/// <code test="emulator">Get-RunAiStack test* | Unregister-RunAiStack</code>
/// <para>Nothing comes back.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "RunAiStack", SupportsShouldProcess = true)]
public sealed class UnregisterStackCommand : RunAiCommand
{
    /// <summary><para type="description">The name of the stack.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var name in Name)
        {
            if (ShouldProcess(name, "Unregister the stack"))
            {
                var gone = Configuration.Stacks.Get()
                    .FirstOrDefault(stack => string.Equals(stack.Name, name, StringComparison.OrdinalIgnoreCase));
                Await((_, token) => Configuration.Stacks.UnregisterAsync(name, token));
                if (gone is not null && LeftBy(gone) is { Count: > 0 } left)
                {
                    WriteInformation(
                        new HostInformationMessage
                        {
                            Message = $"Left of the stack {gone.Name}, and used by no other: remove with {string.Join("; ", left)}",
                        },
                        [RunObserver.ShownByHost, "RunAi.Left"]);
                }
            }
        }
    }

    /// <summary>The commands that remove what the stack used and no other stack does.</summary>
    private List<string> LeftBy(RunAi.Stack stack)
    {
        var others = Configuration.Stacks.Get();
        (string Noun, Func<RunAi.Stack, string?> Of)[] places =
        [
            ("StepOperator", other => other.StepOperator),
            ("ArtifactStore", other => other.ArtifactStore),
            ("ContainerRegistry", other => other.ContainerRegistry),
            ("ImageBuilder", other => other.ImageBuilder),
        ];
        return
        [
            .. places.Where(place => !string.IsNullOrEmpty(place.Of(stack))
                && !others.Any(other => string.Equals(place.Of(other), place.Of(stack), StringComparison.OrdinalIgnoreCase)))
                .Select(place => $"Unregister-RunAi{place.Noun} {place.Of(stack)}"),
        ];
    }
}
