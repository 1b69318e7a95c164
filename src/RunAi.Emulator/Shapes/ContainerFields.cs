namespace RunAi.Emulator.Shapes;

/// <summary>What runs: image, command and environment of a training.</summary>
internal static class ContainerFields
{
    public static (string Name, Shape Shape)[] Fields { get; } =
    [
        ("args", Field.Name),
        ("command", Field.Name),
        ("createHomeDir", Field.Flag),
        ("environmentVariables", Field.List(Field.Object(
            ("name", Field.Name),
            ("value", Field.Any),
            ("secret", Field.Object(
                ("name", Field.Resource),
                ("key", Field.Name))),
            ("configMap", Field.Object(
                ("name", Field.Resource),
                ("key", Field.Name))),
            ("podFieldRef", Field.Object(
                ("path", Field.Name))),
            ("userCredential", Field.Object(
                ("name", Field.Text(min: 1)),
                ("key", Field.Text(min: 1)))),
            ("exclude", Field.Flag),
            ("description", Field.Any)))),
        ("image", Field.Name),
        ("imagePullPolicy", Field.OneOf("Always", "Never", "IfNotPresent")),
        ("imagePullSecrets", Field.List(Field.Object(
            ("name", Field.Text(pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$").NotNull()),
            ("userCredential", Field.Flag),
            ("exclude", Field.Flag)))),
        ("stdin", Field.Flag),
        ("tty", Field.Flag),
        ("workingDir", Field.Name),
    ];
}
