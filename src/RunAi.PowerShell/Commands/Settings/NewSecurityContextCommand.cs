using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes a security context: user, groups and rights of a step's container.</para>
/// <para type="description">Goes into -SecurityContext of New-RunAiStepSettings, as does a hashtable with the same keys.</para>
/// </summary>
/// <example>
/// <para>Run as a user who is not root</para>
/// <code test="emulator">New-RunAiSecurityContext -RunAsUid 1000 -RunAsGid 1000 -SupplementalGroup 2, 3</code>
/// <para>A security context comes back with user, group and two more groups.</para>
/// </example>
/// <example>
/// <para>Allow one thing and forbid another</para>
/// <code test="emulator">New-RunAiStepSettings -SecurityContext (New-RunAiSecurityContext -Capability IPC_LOCK -ReadOnlyRootFilesystem)</code>
/// <para>Step settings come back. The container may lock memory and cannot write to its root file system.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RunAiSecurityContext")]
[OutputType(typeof(SecurityContext))]
public sealed class NewSecurityContextCommand : SettingGroupCommand
{
    /// <summary>
    /// <para type="description">Where user and groups come from: fromTheImage, fromIdpToken or custom. custom where one is named, unless
    /// given.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    [Alias("uid_gid_source")]
    public string? UidGidSource { get; set; }

    /// <summary><para type="description">The id of the user; not with the source fromTheImage.</para></summary>
    [Parameter]
    [Alias("run_as_uid")]
    [InvariantNumber(Whole = true)]
    public int? RunAsUid { get; set; }

    /// <summary><para type="description">The id of the group; not with the source fromTheImage.</para></summary>
    [Parameter]
    [Alias("run_as_gid")]
    [InvariantNumber(Whole = true)]
    public int? RunAsGid { get; set; }

    /// <summary><para type="description">The ids of more groups; an empty list for those of the image.</para></summary>
    [Parameter]
    [AllowEmptyCollection]
    [Alias("supplemental_groups")]
    public string[]? SupplementalGroup { get; set; }

    /// <summary><para type="description">Refuses to run as root.</para></summary>
    [Parameter]
    [Alias("run_as_non_root")]
    public SwitchParameter RunAsNonRoot { get; set; }

    /// <summary><para type="description">The root file system cannot be written.</para></summary>
    [Parameter]
    [Alias("read_only_root_filesystem")]
    public SwitchParameter ReadOnlyRootFilesystem { get; set; }

    /// <summary>
    /// <para type="description">Processes may gain more rights than their parents; -AllowPrivilegeEscalation:$false forbids it.</para>
    /// </summary>
    [Parameter]
    [Alias("allow_privilege_escalation")]
    public SwitchParameter AllowPrivilegeEscalation { get; set; }

    /// <summary><para type="description">Shares the node's inter-process communication.</para></summary>
    [Parameter]
    [Alias("host_ipc")]
    public SwitchParameter HostIpc { get; set; }

    /// <summary><para type="description">Shares the node's network.</para></summary>
    [Parameter]
    [Alias("host_network")]
    public SwitchParameter HostNetwork { get; set; }

    /// <summary><para type="description">Linux capabilities to add, without CAP_, such as IPC_LOCK.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    [Alias("capabilities")]
    public string[]? Capability { get; set; }

    /// <summary><para type="description">RuntimeDefault or Unconfined; Run:ai does not support Localhost yet.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    [Alias("seccomp_profile_type")]
    public string? SeccompProfileType { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<SettingSchema> Kinds => [GroupSchemas.SecurityContext];
}
