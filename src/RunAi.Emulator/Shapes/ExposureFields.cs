namespace RunAi.Emulator.Shapes;

/// <summary>Ports, URLs and probes of a training.</summary>
internal static class ExposureFields
{
    public static (string Name, Shape Shape)[] Fields { get; } =
    [
        ("exposedUrls", Field.List(Field.Object(
            ("container", Field.Whole("int32")),
            ("url", Field.Any),
            ("authorizationType", Field.OneOf("authenticatedUsers", "authorizedUsers", "authorizedGroups")),
            ("authorizedUsers", Field.List(Field.Any.NotNull())),
            ("authorizedGroups", Field.List(Field.Any.NotNull())),
            ("toolType", Field.Any),
            ("toolName", Field.Any),
            ("name", Field.Name),
            ("exclude", Field.Flag)))),
        ("ports", Field.List(Field.Object(
            ("container", Field.Whole("int32", min: 1, max: 65535)),
            ("serviceType", Field.OneOf("LoadBalancer", "NodePort", "ClusterIP")),
            ("external", Field.Whole("int32")),
            ("toolType", Field.Any),
            ("toolName", Field.Any),
            ("name", Field.Name),
            ("exclude", Field.Flag)))),
        ("probes", Field.Object(
            ("readiness", Field.Object(
                ("initialDelaySeconds", Field.Whole("int32", min: 0)),
                ("periodSeconds", Field.Whole("int32", min: 1)),
                ("timeoutSeconds", Field.Whole("int32", min: 1)),
                ("successThreshold", Field.Whole("int32", min: 1)),
                ("failureThreshold", Field.Whole("int32", min: 1)),
                ("handler", Field.Object(
                    ("httpGet", Field.Object(
                        ("path", Field.Text(pattern: "^(\\x2F[a-zA-Z0-9\\-_.\\x2F]*)?$")),
                        ("port", Field.Whole("int32", min: 1, max: 65535)),
                        ("host", Field.Any),
                        ("scheme", Field.OneOf("HTTP", "HTTPS"))).NotNull()))))))),
        ("relatedUrls", Field.List(Field.Object(
            ("url", Field.Any),
            ("type", Field.Any),
            ("name", Field.Any),
            ("exclude", Field.Flag)))),
    ];
}
