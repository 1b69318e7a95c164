using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes a mount: storage that a step's container sees.</para>
/// <para type="description">Goes into -Mount of New-RunAiStepSettings, as does a hashtable with the same keys. The parameter that names the
/// storage says its kind.</para>
/// </summary>
/// <example>
/// <para>Mount a claim that exists</para>
/// <code test="emulator">New-RunAiMount -Pvc datasets /data -ReadOnly</code>
/// <para>A mount of the claim datasets at /data comes back; the container cannot write to it.</para>
/// </example>
/// <example>
/// <para>Mount an NFS share for writing</para>
/// <code test="emulator">New-RunAiMount -Nfs nfs.example.org -Export /export/models /models -ReadOnly:$false</code>
/// <para>A mount of the share at /models comes back. Without -ReadOnly:$false it would be read-only.</para>
/// </example>
/// <example>
/// <para>Mount a secret, memory and a bucket</para>
/// <code test="emulator">New-RunAiStepSettings -Mount (New-RunAiMount -Secret hub-token /etc/hub -DefaultMode '0400'), (New-RunAiMount -EmptyDir /scratch -Medium Memory -SizeLimit 8G), @{ S3 = 'my-bucket'; Path = '/bucket' }</code>
/// <para>Step settings come back with three mounts: the secret's files, a folder in memory and the bucket.</para>
/// </example>
/// <example>
/// <para>Make a claim for the step</para>
/// <code test="emulator">New-RunAiMount -Size 100G -StorageClass fast -Ephemeral /scratch</code>
/// <para>A mount of a new claim of 100 GB comes back, deleted together with the workload.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RunAiMount")]
[OutputType(typeof(Mount))]
public sealed class NewMountCommand : SettingGroupCommand
{
    /// <summary>
    /// <para type="description">The name of a persistent volume claim: one that is there, or with -Size one that is made if it is
    /// not.</para>
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "pvc")]
    [Alias("ClaimName")]
    public string? Pvc { get; set; }

    /// <summary><para type="description">The name of a config map of the cluster.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "configMap")]
    public string? ConfigMap { get; set; }

    /// <summary><para type="description">The name of a secret of the cluster. Its content never passes through here.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "secret")]
    public string? Secret { get; set; }

    /// <summary><para type="description">The host name or address of an NFS server.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "nfs")]
    [Alias("Server")]
    public string? Nfs { get; set; }

    /// <summary><para type="description">The path that the NFS server exports.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "nfs")]
    public string? Export { get; set; }

    /// <summary><para type="description">The name of an S3 bucket.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "s3")]
    [Alias("Bucket")]
    public string? S3 { get; set; }

    /// <summary><para type="description">A path on the node.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "hostPath")]
    public string? HostPath { get; set; }

    /// <summary><para type="description">The address of a git repository, without a password.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "git")]
    [Alias("Repository")]
    public string? Git { get; set; }

    /// <summary><para type="description">An empty folder that ends with the pod.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "emptyDir")]
    public SwitchParameter EmptyDir { get; set; }

    /// <summary><para type="description">The UUID of a data volume.</para></summary>
    [Parameter(Mandatory = true, ParameterSetName = "dataVolume")]
    [Alias("DataVolumeId")]
    public string? DataVolume { get; set; }

    /// <summary><para type="description">Where the container sees it: an absolute path that no other mount has.</para></summary>
    [Parameter(Position = 0)]
    [Alias("MountPath", "mount_path")]
    public string? Path { get; set; }

    /// <summary>
    /// <para type="description">Forbids writing. Run:ai mounts nfs and hostPath read-only unless -ReadOnly:$false is given.</para>
    /// </summary>
    [Parameter(ParameterSetName = "pvc")]
    [Parameter(ParameterSetName = "NewPvc")]
    [Parameter(ParameterSetName = "nfs")]
    [Parameter(ParameterSetName = "hostPath")]
    [Alias("read_only")]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>
    /// <para type="description">The size of a claim that is made for the step, such as 10G. Without -Pvc, Run:ai names the claim.</para>
    /// </summary>
    [Parameter(ParameterSetName = "pvc")]
    [Parameter(Mandatory = true, ParameterSetName = "NewPvc")]
    public string? Size { get; set; }

    /// <summary>
    /// <para type="description">The claim is there already; so it is taken to be, unless something says how to make it.</para>
    /// </summary>
    [Parameter(ParameterSetName = "pvc")]
    [Alias("existing_pvc")]
    public SwitchParameter ExistingPvc { get; set; }

    /// <summary><para type="description">Deletes the claim with the workload.</para></summary>
    [Parameter(ParameterSetName = "pvc")]
    [Parameter(ParameterSetName = "NewPvc")]
    public SwitchParameter Ephemeral { get; set; }

    /// <summary><para type="description">The storage class of a new claim.</para></summary>
    [Parameter(ParameterSetName = "pvc")]
    [Parameter(ParameterSetName = "NewPvc")]
    [Alias("storage_class")]
    public string? StorageClass { get; set; }

    /// <summary><para type="description">How a new claim may be used: readWriteOnce, readOnlyMany, readWriteMany.</para></summary>
    [Parameter(ParameterSetName = "pvc")]
    [Parameter(ParameterSetName = "NewPvc")]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    public string[]? AccessMode { get; set; }

    /// <summary><para type="description">Filesystem or Block for a new claim.</para></summary>
    [Parameter(ParameterSetName = "pvc")]
    [Parameter(ParameterSetName = "NewPvc")]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    [Alias("volume_mode")]
    public string? VolumeMode { get; set; }

    /// <summary><para type="description">Shares the claim with all projects of its scope.</para></summary>
    [Parameter(ParameterSetName = "pvc")]
    [Parameter(ParameterSetName = "NewPvc")]
    [Alias("data_sharing")]
    public SwitchParameter DataSharing { get; set; }

    /// <summary><para type="description">Annotations of a new claim.</para></summary>
    [Parameter(ParameterSetName = "pvc")]
    [Parameter(ParameterSetName = "NewPvc")]
    public System.Collections.IDictionary? Attribute { get; set; }

    /// <summary><para type="description">One path within the config map.</para></summary>
    [Parameter(ParameterSetName = "configMap")]
    [Alias("sub_path")]
    public string? SubPath { get; set; }

    /// <summary><para type="description">The mode of the files, four octal digits such as '0400' (in quotes).</para></summary>
    [Parameter(ParameterSetName = "configMap")]
    [Parameter(ParameterSetName = "secret")]
    [Alias("default_mode")]
    public string? DefaultMode { get; set; }

    /// <summary><para type="description">The S3 service; Amazon's unless given.</para></summary>
    [Parameter(ParameterSetName = "s3")]
    public string? Url { get; set; }

    /// <summary><para type="description">The name of the secret of the cluster with the access key.</para></summary>
    [Parameter(ParameterSetName = "s3")]
    [Alias("access_key_secret")]
    public string? AccessKeySecret { get; set; }

    /// <summary><para type="description">The key of the access key id in that secret; AccessKeyId unless given.</para></summary>
    [Parameter(ParameterSetName = "s3")]
    [Alias("secret_key_of_access_key_id")]
    public string? AccessKeyIdKey { get; set; }

    /// <summary><para type="description">The key of the secret key in that secret; SecretKey unless given.</para></summary>
    [Parameter(ParameterSetName = "s3")]
    [Alias("secret_key_of_secret_key")]
    public string? SecretKeyKey { get; set; }

    /// <summary><para type="description">None or HostToContainer, the same for all hostPath mounts of a step.</para></summary>
    [Parameter(ParameterSetName = "hostPath")]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    [Alias("mount_propagation")]
    public string? MountPropagation { get; set; }

    /// <summary><para type="description">The branch.</para></summary>
    [Parameter(ParameterSetName = "git")]
    public string? Branch { get; set; }

    /// <summary><para type="description">The commit or tag.</para></summary>
    [Parameter(ParameterSetName = "git")]
    public string? Revision { get; set; }

    /// <summary><para type="description">The name of the secret of the cluster with the credentials of the repository.</para></summary>
    [Parameter(ParameterSetName = "git")]
    [Alias("secret_name")]
    public string? SecretName { get; set; }

    /// <summary><para type="description">What that secret holds: password (unless given) or ssh-key.</para></summary>
    [Parameter(ParameterSetName = "git")]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    [Alias("authentication_method")]
    public string? AuthenticationMethod { get; set; }

    /// <summary><para type="description">The key of the user name in that secret; User unless given.</para></summary>
    [Parameter(ParameterSetName = "git")]
    [Alias("secret_key_of_user")]
    public string? UserKey { get; set; }

    /// <summary><para type="description">The key of the password in that secret; Password unless given.</para></summary>
    [Parameter(ParameterSetName = "git")]
    [Alias("secret_key_of_password")]
    public string? PasswordKey { get; set; }

    /// <summary><para type="description">Memory for a folder in main memory; on disk unless given.</para></summary>
    [Parameter(ParameterSetName = "emptyDir")]
    [ArgumentCompleter(typeof(SettingGroupCompleter))]
    public string? Medium { get; set; }

    /// <summary><para type="description">The most it may hold, such as 10G.</para></summary>
    [Parameter(ParameterSetName = "emptyDir")]
    [Alias("size_limit")]
    public string? SizeLimit { get; set; }

    /// <summary><para type="description">The name a policy knows the mount by.</para></summary>
    [Parameter(ParameterSetName = "pvc")]
    [Parameter(ParameterSetName = "NewPvc")]
    [Parameter(ParameterSetName = "configMap")]
    [Parameter(ParameterSetName = "secret")]
    [Parameter(ParameterSetName = "nfs")]
    [Parameter(ParameterSetName = "s3")]
    [Parameter(ParameterSetName = "hostPath")]
    [Parameter(ParameterSetName = "git")]
    [Parameter(ParameterSetName = "emptyDir")]
    public string? Name { get; set; }

    /// <summary><para type="description">Takes the one of this name out of what the project's policy adds.</para></summary>
    [Parameter]
    public SwitchParameter Exclude { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<SettingSchema> Kinds =>
        [MountSchemas.OfKind(ParameterSetName == "NewPvc" ? "pvc" : ParameterSetName)];
}
