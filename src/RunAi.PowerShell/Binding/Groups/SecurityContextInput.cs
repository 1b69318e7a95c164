namespace RunAi.PowerShell.Binding;

/// <summary>The keys of a hashtable in the place of <see cref="RunAi.SecurityContext"/>.</summary>
public sealed class SecurityContextInput : GroupInput
{
    /// <inheritdoc cref="RunAi.SecurityContext.UidGidSource"/>
    public string? UidGidSource { get; set; }

    /// <inheritdoc cref="RunAi.SecurityContext.RunAsUid"/>
    public int? RunAsUid { get; set; }

    /// <inheritdoc cref="RunAi.SecurityContext.RunAsGid"/>
    public int? RunAsGid { get; set; }

    /// <inheritdoc cref="RunAi.SecurityContext.SupplementalGroup"/>
    public string[]? SupplementalGroup { get; set; }

    /// <inheritdoc cref="RunAi.SecurityContext.RunAsNonRoot"/>
    public bool? RunAsNonRoot { get; set; }

    /// <inheritdoc cref="RunAi.SecurityContext.ReadOnlyRootFilesystem"/>
    public bool? ReadOnlyRootFilesystem { get; set; }

    /// <inheritdoc cref="RunAi.SecurityContext.AllowPrivilegeEscalation"/>
    public bool? AllowPrivilegeEscalation { get; set; }

    /// <inheritdoc cref="RunAi.SecurityContext.HostIpc"/>
    public bool? HostIpc { get; set; }

    /// <inheritdoc cref="RunAi.SecurityContext.HostNetwork"/>
    public bool? HostNetwork { get; set; }

    /// <inheritdoc cref="RunAi.SecurityContext.Capability"/>
    public string[]? Capability { get; set; }

    /// <inheritdoc cref="RunAi.SecurityContext.SeccompProfileType"/>
    public string? SeccompProfileType { get; set; }
}
