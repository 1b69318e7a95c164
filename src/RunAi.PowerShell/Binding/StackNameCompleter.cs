namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of registered stacks.</summary>
public sealed class StackNameCompleter : RegisteredNameCompleter
{
    private protected override IEnumerable<(string Name, string Tooltip)> Registered(Configuration configuration) =>
        configuration.Stacks.Get().Select(one => (one.Name, one.IsActive ? $"{one.Name} (active)" : one.Name));
}
