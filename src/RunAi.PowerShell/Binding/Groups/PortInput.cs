namespace RunAi.PowerShell.Binding;

/// <summary>The keys of a hashtable in the place of <see cref="RunAi.Port"/>.</summary>
public sealed class PortInput : GroupInput
{
    /// <inheritdoc cref="RunAi.Port.Container"/>
    public int? Container { get; set; }

    /// <inheritdoc cref="RunAi.Port.ServiceType"/>
    public string? ServiceType { get; set; }

    /// <inheritdoc cref="RunAi.Port.External"/>
    public int? External { get; set; }

    /// <inheritdoc cref="RunAi.Port.ToolType"/>
    public string? ToolType { get; set; }

    /// <inheritdoc cref="RunAi.Port.ToolName"/>
    public string? ToolName { get; set; }

    /// <inheritdoc cref="RunAi.Port.Name"/>
    public string? Name { get; set; }

    /// <inheritdoc cref="RunAi.Port.Exclude"/>
    public bool? Exclude { get; set; }
}
