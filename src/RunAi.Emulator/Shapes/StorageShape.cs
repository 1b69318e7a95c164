namespace RunAi.Emulator.Shapes;

/// <summary>The nine kinds of storage of a training (spec.storage).</summary>
internal static class StorageShape
{
    public static ObjectShape Shape { get; } = Field.Object(
        ("configMapVolume", Field.List(Field.Object(
            ("name", Field.Text(min: 1)),
            ("configMap", Field.Resource),
            ("mountPath", Field.Name),
            ("subPath", Field.Name),
            ("defaultMode", Field.Text(min: 4, max: 4, pattern: "0[0-7]{3}")),
            ("exclude", Field.Flag)))),
        ("dataVolume", Field.List(Field.Object(
            ("id", Field.Text(format: "uuid")),
            ("mountPath", Field.Any),
            ("exclude", Field.Flag)))),
        ("emptyDirVolume", Field.List(Field.Object(
            ("name", Field.Text(min: 1)),
            ("path", Field.Name),
            ("medium", Field.Name),
            ("sizeLimit", Field.Quantity),
            ("exclude", Field.Flag)))),
        ("git", Field.List(Field.Object(
            ("name", Field.Text(min: 1)),
            ("repository", Field.Text(min: 1)),
            ("branch", Field.Text(min: 1)),
            ("revision", Field.Text(min: 1)),
            ("path", Field.Text(min: 1)),
            ("passwordSecret", Field.Text(min: 1)),
            ("secretKeyOfUser", Field.Text(min: 1)),
            ("secretKeyOfPassword", Field.Text(min: 1)),
            ("exclude", Field.Flag),
            ("secretRef", Field.Object(
                ("name", Field.Text(min: 1).NotNull()),
                ("authenticationMethod", Field.OneOf("password", "ssh-key").NotNull()),
                ("secretKeyOfUser", Field.Text(min: 1)),
                ("secretKeyOfPassword", Field.Text(min: 1))))))),
        ("hostPath", Field.List(Field.Object(
            ("name", Field.Text(min: 1)),
            ("path", Field.Name),
            ("readOnly", Field.Flag),
            ("mountPath", Field.Name),
            ("mountPropagation", Field.OneOf("None", "HostToContainer")),
            ("exclude", Field.Flag)))),
        ("nfs", Field.List(Field.Object(
            ("name", Field.Text(min: 1)),
            ("path", Field.Name),
            ("readOnly", Field.Flag),
            ("server", Field.Name),
            ("mountPath", Field.Name),
            ("exclude", Field.Flag)))),
        ("pvc", Field.List(Field.Object(
            ("name", Field.Text(min: 1)),
            ("path", Field.Name),
            ("existingPvc", Field.Flag),
            ("claimName", Field.Text(min: 1, max: 63, pattern: ".*")),
            ("readOnly", Field.Flag),
            ("ephemeral", Field.Flag),
            ("claimInfo", Field.Object(
                ("size", Field.Quantity),
                ("storageClass", Field.Resource),
                ("accessModes", Field.Object(
                    ("readWriteOnce", Field.Flag),
                    ("readOnlyMany", Field.Flag),
                    ("readWriteMany", Field.Flag))),
                ("volumeMode", Field.OneOf("Filesystem", "Block")),
                ("addedAttrValues", Field.List(Field.Object(
                    ("key", Field.Text(min: 1, max: 63, pattern: "^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$").NotNull()),
                    ("value", Field.Any.NotNull())).Requiring("key").NotNull()).NotNull()))),
            ("dataSharing", Field.Flag),
            ("exclude", Field.Flag)))),
        ("s3", Field.List(Field.Object(
            ("name", Field.Text(min: 1)),
            ("bucket", Field.Text(min: 1)),
            ("path", Field.Text(min: 1)),
            ("url", Field.Text(min: 1)),
            ("accessKeySecret", Field.Resource),
            ("secretKeyOfAccessKeyId", Field.Name),
            ("secretKeyOfSecretKey", Field.Name),
            ("exclude", Field.Flag)))),
        ("secretVolume", Field.List(Field.Object(
            ("name", Field.Text(min: 1)),
            ("mountPath", Field.Text(min: 1)),
            ("defaultMode", Field.Text(min: 4, max: 4, pattern: "0[0-7]{3}")),
            ("secret", Field.Text(min: 1)),
            ("exclude", Field.Flag)))));
}
