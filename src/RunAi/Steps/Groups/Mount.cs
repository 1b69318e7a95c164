using RunAi.Steps;

namespace RunAi;

/// <summary>
/// Storage that a step's container sees (<c>storage</c>), of one of nine kinds; properties of other kinds are null. Secrets are named,
/// never held: the cluster reads them. Made by <c>New-RunAiMount</c>.
/// </summary>
public sealed class Mount : SettingGroup
{
    internal Mount(SettingSchema schema)
        : base(schema)
    {
    }

    /// <summary>
    /// <c>pvc</c>, <c>configMap</c>, <c>secret</c>, <c>nfs</c>, <c>s3</c>, <c>hostPath</c>, <c>git</c>, <c>emptyDir</c> or
    /// <c>dataVolume</c>.
    /// </summary>
    public string Kind => Schema.Kind!;

    /// <summary>
    /// What is mounted: the claim, the secret, the server and so on; null for an empty folder and for a claim without a name.
    /// </summary>
    public string? Source => Schema.Source is { } name ? this[name] as string : null;

    /// <summary>
    /// Where the container sees it: absolute, not the root, without a colon or <c>..</c>, and no other mount's (<c>path</c> or
    /// <c>mountPath</c>, mandatory; Kubernetes, <c>VolumeMount.mountPath</c>).
    /// </summary>
    public string? Path { get => Get<string>(); internal init => Set(value); }

    /// <summary>
    /// True to forbid writing (<c>readOnly</c> of pvc, nfs and hostPath). Unless set, Run:ai mounts nfs and hostPath read-only, and pvc
    /// not.
    /// </summary>
    public bool? ReadOnly { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>pvc: the claim's name, a DNS label (<c>claimName</c>); a new claim without one gets a name from Run:ai.</summary>
    public string? ClaimName { get => Get<string>(); internal init => Set(value); }

    /// <summary>
    /// pvc: whether the claim is there already (<c>existingPvc</c>); true is sent for a claim of which nothing says how to make it.
    /// </summary>
    public bool? ExistingPvc { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>pvc: true to delete the claim with the workload (<c>ephemeral</c>).</summary>
    public bool? Ephemeral { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>pvc: true to share the claim with all projects of its scope (<c>dataSharing</c>).</summary>
    public bool? DataSharing { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>
    /// pvc: the size of a new claim, a quantity; mandatory for one, forbidden for an existing one (<c>claimInfo.size</c>).
    /// </summary>
    public string? Size { get => Get<string>(); internal init => Set(value); }

    /// <summary>pvc: the storage class of a new claim, a DNS label (<c>claimInfo.storageClass</c>).</summary>
    public string? StorageClass { get => Get<string>(); internal init => Set(value); }

    /// <summary>
    /// pvc: <c>readWriteOnce</c>, <c>readOnlyMany</c>, <c>readWriteMany</c>; exactly these of a new claim (<c>claimInfo.accessModes</c>, of
    /// which Run:ai's default is the first).
    /// </summary>
    public string[]? AccessMode { get => Get<string[]>(); internal init => Set(value); }

    /// <summary>pvc: <c>Filesystem</c> or <c>Block</c> for a new claim (<c>claimInfo.volumeMode</c>).</summary>
    public string? VolumeMode { get => Get<string>(); internal init => Set(value); }

    /// <summary>pvc: annotations of a new claim (<c>claimInfo.addedAttrValues</c>).</summary>
    public System.Collections.IDictionary? Attribute { get => Get<System.Collections.IDictionary>(); internal init => Set(value); }

    /// <summary>configMap: its name, a DNS label (<c>configMap</c>, mandatory).</summary>
    public string? ConfigMap { get => Get<string>(); internal init => Set(value); }

    /// <summary>
    /// configMap: one path in it, relative and without <c>..</c> (<c>subPath</c>; Kubernetes, <c>VolumeMount.subPath</c>).
    /// </summary>
    public string? SubPath { get => Get<string>(); internal init => Set(value); }

    /// <summary>configMap, secret: the mode of the files, four octal digits that begin with 0 (<c>defaultMode</c>).</summary>
    public string? DefaultMode { get => Get<string>(); internal init => Set(value); }

    /// <summary>secret: the name of the cluster's secret, a DNS label (<c>secret</c>, mandatory).</summary>
    public string? Secret { get => Get<string>(); internal init => Set(value); }

    /// <summary>nfs: the host name or address of the server (<c>server</c>, mandatory).</summary>
    public string? Server { get => Get<string>(); internal init => Set(value); }

    /// <summary>nfs: the absolute path that the server exports (<c>path</c>, mandatory).</summary>
    public string? Export { get => Get<string>(); internal init => Set(value); }

    /// <summary>hostPath: the absolute path on the node (<c>path</c>, mandatory).</summary>
    public string? HostPath { get => Get<string>(); internal init => Set(value); }

    /// <summary>
    /// hostPath: <c>None</c> or <c>HostToContainer</c>, the same for all hostPath mounts of a step (<c>mountPropagation</c>).
    /// </summary>
    public string? MountPropagation { get => Get<string>(); internal init => Set(value); }

    /// <summary>s3: the bucket (<c>bucket</c>, mandatory).</summary>
    public string? Bucket { get => Get<string>(); internal init => Set(value); }

    /// <summary>s3: the service, http or https; Amazon's unless set (<c>url</c>).</summary>
    public string? Url { get => Get<string>(); internal init => Set(value); }

    /// <summary>s3: the name of the cluster's secret with the access key (<c>accessKeySecret</c>).</summary>
    public string? AccessKeySecret { get => Get<string>(); internal init => Set(value); }

    /// <summary>s3: the key of the access key id in the secret, <c>AccessKeyId</c> unless set (<c>secretKeyOfAccessKeyId</c>).</summary>
    public string? AccessKeyIdKey { get => Get<string>(); internal init => Set(value); }

    /// <summary>s3: the key of the secret key in the secret, <c>SecretKey</c> unless set (<c>secretKeyOfSecretKey</c>).</summary>
    public string? SecretKeyKey { get => Get<string>(); internal init => Set(value); }

    /// <summary>git: the address of the repository, without a password (<c>repository</c>, mandatory).</summary>
    public string? Repository { get => Get<string>(); internal init => Set(value); }

    /// <summary>git: the branch (<c>branch</c>).</summary>
    public string? Branch { get => Get<string>(); internal init => Set(value); }

    /// <summary>git: the commit or tag (<c>revision</c>).</summary>
    public string? Revision { get => Get<string>(); internal init => Set(value); }

    /// <summary>git: the name of the cluster's secret with the credentials (<c>secretRef.name</c>).</summary>
    public string? SecretName { get => Get<string>(); internal init => Set(value); }

    /// <summary>
    /// git: <c>password</c> or <c>ssh-key</c>, what the secret holds (<c>secretRef.authenticationMethod</c>, required with a secret);
    /// password is sent unless it is set.
    /// </summary>
    public string? AuthenticationMethod { get => Get<string>(); internal init => Set(value); }

    /// <summary>git: the key of the user name in the secret, <c>User</c> unless set (<c>secretRef.secretKeyOfUser</c>).</summary>
    public string? UserKey { get => Get<string>(); internal init => Set(value); }

    /// <summary>git: the key of the password in the secret, <c>Password</c> unless set (<c>secretRef.secretKeyOfPassword</c>).</summary>
    public string? PasswordKey { get => Get<string>(); internal init => Set(value); }

    /// <summary>emptyDir: <c>Memory</c> for one in main memory, otherwise on disk (<c>medium</c>).</summary>
    public string? Medium { get => Get<string>(); internal init => Set(value); }

    /// <summary>emptyDir: the most it may hold, a quantity (<c>sizeLimit</c>).</summary>
    public string? SizeLimit { get => Get<string>(); internal init => Set(value); }

    /// <summary>dataVolume: its UUID (<c>id</c>, mandatory).</summary>
    public string? DataVolumeId { get => Get<string>(); internal init => Set(value); }

    /// <summary>The name a policy knows the mount by; not for dataVolume (<c>name</c>).</summary>
    public string? Name { get => Get<string>(); internal init => Set(value); }

    /// <summary>True to take a mount of this name out of what the project's policy adds (<c>exclude</c>).</summary>
    public bool? Exclude { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>What is mounted where.</summary>
    /// <returns>For example <c>pvc data at /data</c>.</returns>
    public override string ToString() => Source is null ? $"{Kind} at {Path}" : $"{Kind} {Source} at {Path}";
}
