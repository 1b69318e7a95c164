namespace RunAi.Emulator.Shapes;

/// <summary>
/// The body of PUT /api/v2/policy/trainings (schema TrainingPolicyOverwriteRequestV2). Its defaults and rules
/// mirror the training's spec field by field, so they are derived from it.
/// </summary>
internal static class PolicyShape
{
    public static ObjectShape Request { get; } = RequestOf(TrainingShape.Spec, Assets);

    /// <summary>
    /// The body of PUT /api/v2/policy/distributed (schema DistributedPolicyOverwriteRequestV2): a part for the master, one for the workers.
    /// </summary>
    public static ObjectShape Distributed { get; } = RequestOf(
        DistributedShape.Replicas, Field.Object(("master", Assets), ("worker", Assets)));

    /// <summary>
    /// The body as versions from <see cref="CommandLine.ApiVersion.BlockedFields"/> on take it: each field may be <c>blocked</c>.
    /// </summary>
    public static ObjectShape Blocking(ObjectShape request) => (ObjectShape)WithBlocked(request);

    /// <summary>Whether a field of the spec is a list of objects, for which policies have instances and attributes.</summary>
    public static bool IsItemized(Shape shape, out ObjectShape item)
    {
        item = (shape as ListShape)?.Item as ObjectShape ?? Field.Object();
        return item.Properties.Count > 0;
    }

    /// <summary>Whether a field of the spec is governed as a whole although it has fields of its own.</summary>
    public static bool IsWhole(string name) => name == "nodeAffinityRequired";

    /// <summary>What has <c>canEdit</c> is the rule of a field.</summary>
    private static Shape WithBlocked(Shape shape)
    {
        if (shape is not ObjectShape section)
        {
            return shape;
        }

        var properties = section.Properties.ToDictionary(entry => entry.Key, entry => WithBlocked(entry.Value));
        if (properties.ContainsKey("canEdit"))
        {
            properties.Add("blocked", Field.Flag);
        }

        return section with { Properties = properties };
    }

    private static ListShape Assets => Field.List(Field.Text(format: "uuid").NotNull());

    private static ObjectShape RequestOf(ObjectShape governed, Shape imposedAssets) => Field.Object(
        ("meta", Field.Object(
            ("scope", Field.OneOf("system", "tenant", "cluster", "department", "project").NotNull()),
            ("projectId", Field.Whole("int32")),
            ("departmentId", Field.Name),
            ("clusterId", Field.Text(min: 1, format: "uuid")),
            ("name", Field.Name.NotNull())).NotNull().Requiring("scope", "name")),
        ("policy", Field.Object(
            ("defaults", Section(governed, Default)),
            ("rules", Section(governed, Rule)),
            ("imposedAssets", imposedAssets),
            ("status", Field.Object(("validation", Field.Object(("errorMessage", Field.Any.NotNull()))))))))
        .NotNull().Requiring("meta");

    private static ObjectShape Section(ObjectShape spec, Func<string, Shape, Shape> map) =>
        new(spec.Properties.ToDictionary(entry => entry.Key, entry => map(entry.Key, entry.Value))) { Nullable = true };

    private static Shape Default(string name, Shape shape)
    {
        if (IsItemized(shape, out var item))
        {
            return Field.Object(("instances", shape), ("attributes", item));
        }

        return shape is ObjectShape section && !IsWhole(name) ? Section(section, Default) : shape;
    }

    private static Shape Rule(string name, Shape shape)
    {
        if (IsItemized(shape, out var item))
        {
            return Field.Object(
                ("instances", Field.Object(
                    ("sourceOfRule", Source), ("canAdd", Field.Flag), ("locked", Field.List(Field.Text().NotNull())))),
                ("attributes", Field.Object(
                    [.. Section(item, Rule).Properties.Select(entry => (entry.Key, entry.Value)), .. Special(name)])));
        }

        return shape switch
        {
            ObjectShape section when !IsWhole(name) => Section(section, Rule),
            NumberShape { Whole: true } => Bounded(Field.Whole("int32")),
            NumberShape => Bounded(Field.Number()),
            // Quantities of compute have bounds, those of list items have options.
            TextShape { Pattern: TextShape.QuantityPattern } => Leaf(
                ("min", Field.Text()), ("max", Field.Text()), ("defaultFrom", DefaultFrom), ("options", Options)),
            TextShape or ListShape => Leaf(("options", Options)),
            _ => Leaf(),
        };
    }

    /// <summary>Rules that name no field of the items; they are taken and shown, and nothing is held to them.</summary>
    private static (string Name, Shape Shape)[] Special(string name) => name switch
    {
        "ports" => [("customExternalPort", Leaf())],
        "exposedUrls" => [("customUrl", Leaf())],
        "imagePullSecrets" => [("userCredentials", Leaf())],
        _ => [],
    };

    private static ObjectShape Bounded(NumberShape number) =>
        Leaf(("min", number), ("max", number), ("step", number), ("defaultFrom", DefaultFrom));

    private static ObjectShape Leaf(params (string Name, Shape Shape)[] more) =>
        Field.Object([("sourceOfRule", Source), ("required", Field.Flag), ("canEdit", Field.Flag), .. more]);

    private static ListShape Options => Field.List(Field.Object(
        ("value", Field.Any.NotNull()), ("displayed", Field.Any)).NotNull().Requiring("value"));

    private static ObjectShape DefaultFrom => Field.Object(("field", Field.Any), ("factor", Field.Number()));

    private static ObjectShape Source => Field.Object(
        ("scope", Field.OneOf("system", "tenant", "cluster", "department", "project").NotNull()),
        ("projectId", Field.Whole("int32")),
        ("departmentId", Field.Name),
        ("clusterId", Field.Text(min: 1, format: "uuid")),
        ("isFallback", Field.Flag.NotNull()));
}
