namespace RunAi.PowerShell.Binding;

/// <summary>The keys of a hashtable in the place of <see cref="RunAi.Probe"/>.</summary>
public sealed class ProbeInput : GroupInput
{
    /// <inheritdoc cref="RunAi.Probe.Port"/>
    public int? Port { get; set; }

    /// <inheritdoc cref="RunAi.Probe.Path"/>
    public string? Path { get; set; }

    /// <inheritdoc cref="RunAi.Probe.HostName"/>
    public string? HostName { get; set; }

    /// <inheritdoc cref="RunAi.Probe.Scheme"/>
    public string? Scheme { get; set; }

    /// <inheritdoc cref="RunAi.Probe.InitialDelay"/>
    public long? InitialDelay { get; set; }

    /// <inheritdoc cref="RunAi.Probe.Period"/>
    public long? Period { get; set; }

    /// <inheritdoc cref="RunAi.Probe.Timeout"/>
    public long? Timeout { get; set; }

    /// <inheritdoc cref="RunAi.Probe.SuccessThreshold"/>
    public int? SuccessThreshold { get; set; }

    /// <inheritdoc cref="RunAi.Probe.FailureThreshold"/>
    public int? FailureThreshold { get; set; }
}
