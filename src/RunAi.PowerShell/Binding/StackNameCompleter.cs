namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of registered stacks.</summary>
public sealed class StackNameCompleter : RegisteredNameCompleter
{
    private protected override IEnumerable<(string Name, string Tooltip)> Registered(Configuration configuration) =>
        configuration.Stacks.Get().Select(stack => (stack.Name, stack.IsActive ? $"{stack.Name} (active)" : stack.Name));
}
