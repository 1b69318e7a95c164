namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of registered container registries.</summary>
public sealed class ContainerRegistryNameCompleter : RegisteredNameCompleter
{
    private protected override IEnumerable<(string Name, string Tooltip)> Registered(Configuration configuration) =>
        configuration.ContainerRegistries.Get().Select(registry => (registry.Name, registry.ToString()!));
}
