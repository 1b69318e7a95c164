namespace RunAi.PowerShell.Binding;

/// <summary>The keys of a hashtable in the place of <see cref="RunAi.ExposedUrl"/>.</summary>
public sealed class ExposedUrlInput : GroupInput
{
    /// <inheritdoc cref="RunAi.ExposedUrl.Container"/>
    public int? Container { get; set; }

    /// <inheritdoc cref="RunAi.ExposedUrl.Url"/>
    public string? Url { get; set; }

    /// <inheritdoc cref="RunAi.ExposedUrl.AuthorizationType"/>
    public string? AuthorizationType { get; set; }

    /// <inheritdoc cref="RunAi.ExposedUrl.AuthorizedUser"/>
    public string[]? AuthorizedUser { get; set; }

    /// <inheritdoc cref="RunAi.ExposedUrl.AuthorizedGroup"/>
    public string[]? AuthorizedGroup { get; set; }

    /// <inheritdoc cref="RunAi.ExposedUrl.ToolType"/>
    public string? ToolType { get; set; }

    /// <inheritdoc cref="RunAi.ExposedUrl.ToolName"/>
    public string? ToolName { get; set; }

    /// <inheritdoc cref="RunAi.ExposedUrl.Name"/>
    public string? Name { get; set; }

    /// <inheritdoc cref="RunAi.ExposedUrl.Exclude"/>
    public bool? Exclude { get; set; }
}
