namespace RunAi.Emulator.Shapes;

/// <summary>Where, when and how often a training runs, and its labels.</summary>
internal static class SchedulingFields
{
    public static (string Name, Shape Shape)[] Fields { get; } =
    [
        ("annotations", Field.List(Field.Object(
            ("name", Field.Text(min: 1, max: 63, pattern: ".*")),
            ("value", Field.Any),
            ("exclude", Field.Flag)))),
        ("autoDeletionTimeAfterCompletionSeconds", Field.Whole("int64")),
        ("backoffLimit", Field.Whole("int64")),
        ("category", Field.Any),
        ("completions", Field.Whole("int32")),
        ("labels", Field.List(Field.Object(
            ("name", Field.Text(min: 1, max: 63, pattern: ".*")),
            ("value", Field.Any),
            ("exclude", Field.Flag)))),
        ("nodeAffinityRequired", Field.Object(
            ("nodeSelectorTerms", Field.List(Field.Object(
                ("matchExpressions", Field.List(Field.Object(
                    ("key", Field.Any.NotNull()),
                    ("operator", Field.OneOf("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt").NotNull()),
                    ("values", Field.List(Field.Any.NotNull()).NotNull())).Requiring("key", "operator")).NotNull()))).NotNull()))),
        ("nodePools", Field.List(Field.Any.NotNull())),
        ("nodeType", Field.Name),
        ("parallelism", Field.Whole("int32")),
        ("podAffinity", Field.Object(
            ("type", Field.OneOf("Required", "Preferred")),
            ("key", Field.Any))),
        ("preemptibility", Field.OneOf("preemptible", "non-preemptible")),
        ("priorityClass", Field.Any),
        ("restartPolicy", Field.OneOf("Always", "Never", "OnFailure")),
        ("terminateAfterPreemption", Field.Flag),
        ("terminationGracePeriodSeconds", Field.Whole("int64", min: 0)),
        ("tolerations", Field.List(Field.Object(
            ("name", Field.Name),
            ("operator", Field.OneOf("Equal", "Exists")),
            ("key", Field.Any),
            ("value", Field.Any),
            ("effect", Field.OneOf("NoSchedule", "NoExecute", "PreferNoSchedule", "Any")),
            ("seconds", Field.Whole(null, min: 1)),
            ("exclude", Field.Flag)))),
    ];
}
