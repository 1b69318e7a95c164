using static RunAi.Steps.GroupRules;
using static RunAi.Steps.SettingRules;
using static RunAi.Steps.StepSettingKind;

namespace RunAi.Steps;

/// <summary>
/// The tables of the nine kinds of storage (<c>spec.storage</c>). Everywhere here, <c>Path</c> is where the container sees it; the API
/// calls that
/// <c>path</c> for some kinds and <c>mountPath</c> for others.
/// </summary>
internal static class MountSchemas
{
    private const string SourceKey = "Give it with the key of its kind.";

    private static readonly StepSetting Name = new("Name", "name", "name", Text, NotEmpty);
    private static readonly StepSetting Exclude = new("Exclude", "exclude", "exclude", Flag, Any);
    private static readonly StepSetting ReadOnly = new("ReadOnly", "read_only", "readOnly", Flag, Any);
    private static readonly StepSetting DefaultMode = new("DefaultMode", "default_mode", "defaultMode", Text, Mode);

    public static readonly SettingSchema Pvc = Kind("pvc", "pvc_mounts", "pvc",
        [
            new("ClaimName", "claim_name", "claimName", Text, ObjectName) { OtherNames = ["Pvc"] },
            PathAs("path"),
            new("ExistingPvc", "existing_pvc", "existingPvc", Flag, Any)
            {
                Implied = mount => MountRelations.IsNewClaim(mount) ? null : true,
            },
            ReadOnly,
            new("Ephemeral", "ephemeral", "ephemeral", Flag, Any),
            new("DataSharing", "data_sharing", "dataSharing", Flag, Any),
            new("Size", "size", "claimInfo.size", StepSettingKind.Quantity, Memory),
            new("StorageClass", "storage_class", "claimInfo.storageClass", Text, ObjectName),
            new("AccessMode", "access_modes", "claimInfo.accessModes", ChoiceList, Any)
                { Options = ["readWriteOnce", "readOnlyMany", "readWriteMany"], Form = WireForm.Flags, OtherNames = ["AccessModes"] },
            new("VolumeMode", "volume_mode", "claimInfo.volumeMode", Choice, Any) { Options = ["Filesystem", "Block"] },
            new("Attribute", "added_attr_values", "claimInfo.addedAttrValues", StepSettingKind.TextMap, ClaimAttributes)
                { Form = WireForm.KeysAndValues, OtherNames = ["AddedAttrValues"] },
        ],
        "ClaimName", "@{ Pvc = 'data'; Path = '/data' }", inlined: "ClaimInfo");

    public static readonly SettingSchema ConfigMap = Kind("configMap", "config_map_mounts", "configMapVolume",
        [
            new("ConfigMap", "config_map", "configMap", Text, ObjectName) { Required = SourceKey },
            PathAs("mountPath"),
            new("SubPath", "sub_path", "subPath", Text, PathInVolume),
            DefaultMode,
        ],
        "ConfigMap", "@{ ConfigMap = 'settings'; Path = '/etc/app' }");

    public static readonly SettingSchema Secret = Kind("secret", "secret_mounts", "secretVolume",
        [new("Secret", "secret", "secret", Text, ObjectName) { Required = SourceKey }, PathAs("mountPath"), DefaultMode],
        "Secret", "@{ Secret = 'hub-token'; Path = '/etc/hub' }");

    public static readonly SettingSchema Nfs = Kind("nfs", "nfs_mounts", "nfs",
        [
            new("Server", "server", "server", Text, GroupRules.Server) { Required = SourceKey, OtherNames = ["Nfs"] },
            new("Export", "export", "path", Text, SourcePath) { Required = "Name the path that the server exports, such as /export/data." },
            PathAs("mountPath"),
            ReadOnly,
        ],
        "Server", "@{ Nfs = 'nfs.example.org'; Export = '/export/data'; Path = '/data' }", sourcePath: "Export");

    public static readonly SettingSchema S3 = Kind("s3", "s3_mounts", "s3",
        [
            new("Bucket", "bucket", "bucket", Text, NotEmpty) { Required = SourceKey, OtherNames = ["S3"] },
            PathAs("path"),
            new("Url", "url", "url", Text, WebAddress),
            new("AccessKeySecret", "access_key_secret", "accessKeySecret", Text, ObjectName),
            new("AccessKeyIdKey", "secret_key_of_access_key_id", "secretKeyOfAccessKeyId", Text, KeyOfSecret)
            {
                OtherNames = ["SecretKeyOfAccessKeyId"],
            },
            new("SecretKeyKey", "secret_key_of_secret_key", "secretKeyOfSecretKey", Text, KeyOfSecret)
            {
                OtherNames = ["SecretKeyOfSecretKey"],
            },
        ],
        "Bucket", "@{ S3 = 'my-bucket'; Path = '/data' }");

    public static readonly SettingSchema HostPath = Kind("hostPath", "host_path_mounts", "hostPath",
        [
            new("HostPath", "host_path", "path", Text, SourcePath) { Required = SourceKey },
            PathAs("mountPath"),
            ReadOnly,
            new("MountPropagation", "mount_propagation", "mountPropagation", Choice, Any) { Options = ["None", "HostToContainer"] },
        ],
        "HostPath", "@{ HostPath = '/mnt/data'; Path = '/data' }", sourcePath: "HostPath");

    public static readonly SettingSchema Git = Kind("git", "git_mounts", "git",
        [
            new("Repository", "repository", "repository", Text, GroupRules.Repository) { Required = SourceKey, OtherNames = ["Git"] },
            PathAs("path"),
            new("Branch", "branch", "branch", Text, NotEmpty),
            new("Revision", "revision", "revision", Text, NotEmpty),
            new("SecretName", "secret_name", "secretRef.name", Text, ObjectName),
            new("AuthenticationMethod", "authentication_method", "secretRef.authenticationMethod", Choice, Any)
                { Options = ["password", "ssh-key"], Implied = mount => mount["SecretName"] is null ? null : "password" },
            new("UserKey", "secret_key_of_user", "secretRef.secretKeyOfUser", Text, KeyOfSecret) { OtherNames = ["SecretKeyOfUser"] },
            new("PasswordKey", "secret_key_of_password", "secretRef.secretKeyOfPassword", Text, KeyOfSecret)
            {
                OtherNames = ["SecretKeyOfPassword"],
            },
        ],
        "Repository", "@{ Git = 'https://github.com/org/repository'; Path = '/src' }");

    public static readonly SettingSchema EmptyDir = Kind("emptyDir", "empty_dir_mounts", "emptyDirVolume",
        [
            PathAs("path"),
            new("Medium", "medium", "medium", Choice, Any) { Options = ["Memory"] },
            new("SizeLimit", "size_limit", "sizeLimit", StepSettingKind.Quantity, Memory),
        ],
        null, "@{ EmptyDir = $true; Path = '/scratch' }");

    public static readonly SettingSchema DataVolume = new("a mount of kind dataVolume", schema => new Mount(schema),
        [
            new("DataVolumeId", "data_volume_id", "id", Text, Id) { Required = SourceKey, OtherNames = ["DataVolume", "Id"] },
            PathAs("mountPath"), Exclude,
        ])
    {
        Kind = "dataVolume",
        ListName = "data_volume_mounts",
        WireName = "dataVolume",
        Source = "DataVolumeId",
        Identity = PathOf,
        Example = "@{ DataVolume = '123e4567-e89b-12d3-a456-426614174000'; Path = '/data' }",
    };

    /// <summary>All kinds, in the order in which messages name them.</summary>
    public static readonly IReadOnlyList<SettingSchema> All = [Pvc, ConfigMap, Secret, Nfs, S3, HostPath, Git, EmptyDir, DataVolume];

    /// <summary>The table of a kind.</summary>
    public static SettingSchema OfKind(string kind) => All.Single(schema => schema.Kind == kind);

    private static SettingSchema Kind(
        string kind, string list, string wire, IReadOnlyList<StepSetting> rows, string? source, string example, string? sourcePath = null,
        string? inlined = null) =>
        new($"a mount of kind {kind}", schema => new Mount(schema), [.. rows, Name, Exclude])
        {
            Kind = kind,
            ListName = list,
            WireName = wire,
            Source = source,
            SourcePath = sourcePath,
            Inlined = inlined,
            Example = example,
            Relations = MountRelations.Violations,
            Identity = PathOf,
        };

    private static StepSetting PathAs(string wire) => new("Path", "path", wire, Text, GroupRules.MountPath)
    {
        OtherNames = ["MountPath", "mount_path"],
        Required = "Say where the container sees it, such as /data.",
    };

    private static string PathOf(SettingGroup mount) => ((string?)mount["Path"] ?? (string?)mount["Name"] ?? "").TrimEnd('/');

    private static IEnumerable<string> Id(object value) => Guid.TryParseExact((string)value, "D", out _)
        ? []
        : [$"'{value}' is not the UUID of a data volume, such as 123e4567-e89b-12d3-a456-426614174000."];
}
