namespace RunAi.Emulator.Api.Listing;

/// <summary>A field by which a list can be filtered or sorted.</summary>
internal sealed record ListField<T>(FieldKind Kind, Func<T, object?> Value)
{
    public static ListField<T> Text(Func<T, string?> value) => new(FieldKind.Text, value);

    public static ListField<T> Texts(Func<T, IEnumerable<string>> value) => new(FieldKind.Texts, value);

    public static ListField<T> Number(Func<T, decimal?> value) => new(FieldKind.Number, row => value(row));

    public static ListField<T> Time(Func<T, DateTimeOffset?> value) => new(FieldKind.Time, row => value(row));

    /// <summary>A field the document names and that has no value here.</summary>
    public static ListField<T> Absent { get; } = new(FieldKind.Text, _ => null);
}
