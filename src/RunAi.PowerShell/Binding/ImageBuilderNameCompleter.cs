namespace RunAi.PowerShell.Binding;

/// <summary>Completes the names of registered image builders.</summary>
public sealed class ImageBuilderNameCompleter : RegisteredNameCompleter
{
    private protected override IEnumerable<(string Name, string Tooltip)> Registered(Configuration configuration) =>
        configuration.ImageBuilders.Get().Select(imageBuilder => (imageBuilder.Name, imageBuilder.ToString()!));
}
