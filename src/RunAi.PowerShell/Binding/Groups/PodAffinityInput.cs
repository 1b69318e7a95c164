namespace RunAi.PowerShell.Binding;

/// <summary>The keys of a hashtable in the place of <see cref="RunAi.PodAffinity"/>.</summary>
public sealed class PodAffinityInput : GroupInput
{
    /// <inheritdoc cref="RunAi.PodAffinity.Type"/>
    public string? Type { get; set; }

    /// <inheritdoc cref="RunAi.PodAffinity.Key"/>
    public string? Key { get; set; }
}
