namespace RunAi.Emulator.Api.Listing;

/// <summary>
/// A field by which a list can be filtered or sorted. Values are compared as they are, without a box for each: a list is filtered and
/// sorted anew for each page.
/// </summary>
internal sealed class ListField<T>
{
    private readonly Func<string, string, Func<T, bool>> _condition;
    private readonly Func<IEnumerable<T>, bool, IEnumerable<T>> _sort;

    private ListField(Func<string, string, Func<T, bool>> condition, Func<IEnumerable<T>, bool, IEnumerable<T>> sort) =>
        (_condition, _sort) = (condition, sort);

    /// <summary>A field the document names and that has no value here.</summary>
    public static ListField<T> Absent { get; } = Text(_ => null);

    public static ListField<T> Text(Func<T, string?> value) =>
        new((op, operand) => Listing.Condition.OnText(value, op, operand), By(value, StringComparer.Ordinal));

    /// <summary>Several texts; a condition holds if it holds for one of them.</summary>
    public static ListField<T> Texts(Func<T, IEnumerable<string>> value) => new(
        (op, operand) => Listing.Condition.OnTexts(value, op, operand), By(row => string.Join(',', value(row)), StringComparer.Ordinal));

    public static ListField<T> Number(Func<T, decimal?> value) =>
        new((op, operand) => Listing.Condition.OnNumber(value, op, operand), By(value, Comparer<decimal?>.Default));

    public static ListField<T> Time(Func<T, DateTimeOffset?> value) => new(
        (op, operand) => Listing.Condition.OnTime(value, op, operand), By(row => value(row)?.UtcTicks, Comparer<long?>.Default));

    /// <summary>What an operator with a value asks of a row.</summary>
    /// <exception cref="QueryException">The operator or the value is none for this field.</exception>
    public Func<T, bool> Condition(string op, string value) => _condition(op, value);

    /// <summary>
    /// The rows by this field: texts by code point, numbers and times by value, absent values first; equal ones stay as they stood.
    /// </summary>
    public IEnumerable<T> Sort(IEnumerable<T> rows, bool descending) => _sort(rows, descending);

    private static Func<IEnumerable<T>, bool, IEnumerable<T>> By<TKey>(Func<T, TKey> key, IComparer<TKey> comparer) =>
        (rows, descending) => descending ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer);
}
