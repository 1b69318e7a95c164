using RunAi.Steps;

namespace RunAi;

/// <summary>User, groups and rights of a container (<c>security</c>). Made by <c>New-RunAiSecurityContext</c>.</summary>
public sealed class SecurityContext : SettingGroup
{
    internal SecurityContext()
        : base(GroupSchemas.SecurityContext)
    {
    }

    /// <summary>
    /// <c>fromTheImage</c>, <c>fromIdpToken</c> or <c>custom</c> (<c>uidGidSource</c>); custom is sent where a user or group is named and
    /// it is not set.
    /// </summary>
    public string? UidGidSource { get => Get<string>(); internal init => Set(value); }

    /// <summary>The user, 0 to 2147483647; not with <c>fromTheImage</c> (<c>runAsUid</c>; Kubernetes, <c>runAsUser</c>).</summary>
    public int? RunAsUid { get => Get<int?>(); internal init => Set(value); }

    /// <summary>The group, 0 to 2147483647; not with <c>fromTheImage</c> (<c>runAsGid</c>; Kubernetes, <c>runAsGroup</c>).</summary>
    public int? RunAsGid { get => Get<int?>(); internal init => Set(value); }

    /// <summary>More groups, joined by commas in the request; none of them is the image's own again (<c>supplementalGroups</c>).</summary>
    public string[]? SupplementalGroup { get => Get<string[]>(); internal init => Set(value); }

    /// <summary>True to refuse to run as root (<c>runAsNonRoot</c>).</summary>
    public bool? RunAsNonRoot { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>True for a root file system that cannot be written (<c>readOnlyRootFilesystem</c>).</summary>
    public bool? ReadOnlyRootFilesystem { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>
    /// Whether a process may gain more rights than its parent (<c>allowPrivilegeEscalation</c>); not false with SYS_ADMIN, as Kubernetes
    /// has it.
    /// </summary>
    public bool? AllowPrivilegeEscalation { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>True to share the node's inter-process communication (<c>hostIpc</c>).</summary>
    public bool? HostIpc { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>True to share the node's network (<c>hostNetwork</c>).</summary>
    public bool? HostNetwork { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>Linux capabilities to add, of 38, without <c>CAP_</c> (<c>capabilities</c>).</summary>
    public string[]? Capability { get => Get<string[]>(); internal init => Set(value); }

    /// <summary>
    /// <c>RuntimeDefault</c> or <c>Unconfined</c> (<c>seccompProfileType</c>); the document says that Localhost is not supported yet.
    /// </summary>
    public string? SeccompProfileType { get => Get<string>(); internal init => Set(value); }

    /// <summary>Who runs it.</summary>
    /// <returns>For example <c>1000:1000</c>.</returns>
    public override string ToString() => RunAsUid is null && RunAsGid is null ? UidGidSource ?? "" : $"{RunAsUid}:{RunAsGid}";
}
