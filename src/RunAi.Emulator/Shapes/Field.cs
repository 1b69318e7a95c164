namespace RunAi.Emulator.Shapes;

/// <summary>The words shapes are written in. Fields are nullable, as most of the document's are, unless said otherwise.</summary>
internal static class Field
{
    public static TextShape Text(int? min = null, int? max = null, string? pattern = null, string? format = null) =>
        new() { Nullable = true, MinLength = min, MaxLength = max, Pattern = pattern, Format = format };

    /// <summary>Text of at least one character, any.</summary>
    public static TextShape Name => Text(min: 1, pattern: ".*");

    /// <summary>Any text.</summary>
    public static TextShape Any => Text(pattern: ".*");

    /// <summary>The name of a Kubernetes resource.</summary>
    public static TextShape Resource => Text(min: 1, pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$");

    public static TextShape Quantity => Text(pattern: TextShape.QuantityPattern);

    public static FlagShape Flag => new() { Nullable = true };

    public static TextShape OneOf(params string[] values) => new() { Nullable = true, Values = values };

    public static NumberShape Whole(string? format, double? min = null, double? max = null) =>
        new() { Nullable = true, Whole = true, Format = format, Minimum = min, Maximum = max };

    public static NumberShape Number(double? min = null) => new() { Nullable = true, Format = "double", Minimum = min };

    public static ListShape List(Shape item) => new(item) { Nullable = true };

    public static ObjectShape Object(params (string Name, Shape Shape)[] properties) =>
        new(properties.ToDictionary(property => property.Name, property => property.Shape)) { Nullable = true };

    public static ObjectShape Requiring(this ObjectShape shape, params string[] names) =>
        shape with { Required = names.ToHashSet() };

    public static T NotNull<T>(this T shape)
        where T : Shape => shape with { Nullable = false };
}
