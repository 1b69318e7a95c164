namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of registered artifact stores.</summary>
public sealed class ArtifactStoreNameCompleter : RegisteredNameCompleter
{
    private protected override IEnumerable<(string Name, string Tooltip)> Registered(Configuration configuration) =>
        configuration.ArtifactStores.Get().Select(store => (store.Name, store.ToString()!));
}
