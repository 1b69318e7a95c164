namespace RunAi.PowerShell.Binding;

/// <summary>The keys of a hashtable in the place of <see cref="RunAi.RelatedUrl"/>.</summary>
public sealed class RelatedUrlInput : GroupInput
{
    /// <inheritdoc cref="RunAi.RelatedUrl.Url"/>
    public string? Url { get; set; }

    /// <inheritdoc cref="RunAi.RelatedUrl.Type"/>
    public string? Type { get; set; }

    /// <inheritdoc cref="RunAi.RelatedUrl.Name"/>
    public string? Name { get; set; }

    /// <inheritdoc cref="RunAi.RelatedUrl.Exclude"/>
    public bool? Exclude { get; set; }
}
