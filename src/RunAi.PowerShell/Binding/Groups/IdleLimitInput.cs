namespace RunAi.PowerShell.Binding;

/// <summary>The keys of a hashtable in the place of <see cref="RunAi.IdleLimit"/>.</summary>
public sealed class IdleLimitInput : GroupInput
{
    /// <inheritdoc cref="RunAi.IdleLimit.Below"/>
    public double? Below { get; set; }

    /// <inheritdoc cref="RunAi.IdleLimit.For"/>
    public TimeSpan? For { get; set; }
}
