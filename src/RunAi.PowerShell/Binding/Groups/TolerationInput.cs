namespace RunAi.PowerShell.Binding;

/// <summary>The keys of a hashtable in the place of <see cref="RunAi.Toleration"/>.</summary>
public sealed class TolerationInput : GroupInput
{
    /// <inheritdoc cref="RunAi.Toleration.Key"/>
    public string? Key { get; set; }

    /// <inheritdoc cref="RunAi.Toleration.Operator"/>
    public string? Operator { get; set; }

    /// <inheritdoc cref="RunAi.Toleration.Value"/>
    public string? Value { get; set; }

    /// <inheritdoc cref="RunAi.Toleration.Effect"/>
    public string? Effect { get; set; }

    /// <inheritdoc cref="RunAi.Toleration.Seconds"/>
    public long? Seconds { get; set; }

    /// <inheritdoc cref="RunAi.Toleration.Name"/>
    public string? Name { get; set; }

    /// <inheritdoc cref="RunAi.Toleration.Exclude"/>
    public bool? Exclude { get; set; }
}
