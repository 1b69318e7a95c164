namespace RunAi.PowerShell.Binding;

/// <summary>The keys of a hashtable in the place of <see cref="RunAi.NodeAffinity"/>.</summary>
public sealed class NodeAffinityInput : GroupInput
{
    /// <inheritdoc cref="RunAi.NodeAffinity.Key"/>
    public string? Key { get; set; }

    /// <inheritdoc cref="RunAi.NodeAffinity.Operator"/>
    public string? Operator { get; set; }

    /// <inheritdoc cref="RunAi.NodeAffinity.Value"/>
    public string[]? Value { get; set; }

    /// <inheritdoc cref="RunAi.NodeAffinity.Term"/>
    public int? Term { get; set; }
}
