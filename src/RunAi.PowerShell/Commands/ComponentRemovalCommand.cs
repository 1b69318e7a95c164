using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>A command that forgets components of stacks.</summary>
public abstract class ComponentRemovalCommand : RunAiCommand
{
    /// <summary>Forgets a component and tells which stacks now lack it.</summary>
    private protected void Forget(StackSlot slot, string name, bool force)
    {
        var stacks = Await((_, token) => new ComponentRemoval(Session.ConfigurationFile).RunAsync(slot, name, force, token));
        foreach (var stack in stacks)
        {
            WriteWarning($"The stack '{stack}' has no {slot.Words} any more. Give it one with: Set-RunAiStack {stack} -{slot.Name} NAME");
        }
    }
}
