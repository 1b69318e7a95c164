using System.Globalization;

namespace RunAi.Emulator.Api.Listing;

/// <summary>
/// What an operator and a value of filterBy ask of a row, made once for a list and free of boxes: it is asked of every row. A field without
/// a value satisfies only != and !@.
/// </summary>
internal static class Condition
{
    public static Func<T, bool> OnText<T>(Func<T, string?> field, string op, string value)
    {
        var (positive, negated) = (Text(op, value), IsNegated(op));
        return row => field(row) is { } text ? positive(text) != negated : negated;
    }

    public static Func<T, bool> OnTexts<T>(Func<T, IEnumerable<string>> field, string op, string value)
    {
        var (positive, negated) = (Text(op, value), IsNegated(op));
        return row => field(row).Any(positive) != negated;
    }

    /// <exception cref="QueryException">The value is no number.</exception>
    public static Func<T, bool> OnNumber<T>(Func<T, decimal?> field, string op, string value)
    {
        var operand = decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new QueryException($"filterBy: '{value}' is no number.");
        if (Order(op) is { } order)
        {
            return Ordered<T>(row => field(row) is { } actual ? actual.CompareTo(operand) : null, order, IsNegated(op));
        }

        return OnText<T>(row => field(row)?.ToString(CultureInfo.InvariantCulture), op, value);
    }

    /// <exception cref="QueryException">The value is no time, or the operator none for times.</exception>
    public static Func<T, bool> OnTime<T>(Func<T, DateTimeOffset?> field, string op, string value)
    {
        var order = Order(op) ?? throw new QueryException($"filterBy: dates compare with ==, !=, <= and >= only, not with {op}.");
        var operand = DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new QueryException($"filterBy: '{value}' is no ISO 8601 date.");
        return Ordered<T>(row => field(row) is { } actual ? actual.CompareTo(operand) : null, order, IsNegated(op));
    }

    private static bool IsNegated(string op) => op is "!=" or "!@";

    private static Func<T, bool> Ordered<T>(Func<T, int?> compare, Func<int, bool> order, bool negated) =>
        row => compare(row) is { } sign ? order(sign) != negated : negated;

    /// <summary>The condition without its negation on the sign of a comparison; null for operators on texts alone.</summary>
    private static Func<int, bool>? Order(string op) => op switch
    {
        "==" or "!=" => static sign => sign == 0,
        "<=" => static sign => sign <= 0,
        ">=" => static sign => sign >= 0,
        _ => null,
    };

    private static Func<string, bool> Text(string op, string value) => op switch
    {
        "==" or "!=" => text => string.Equals(text, value, StringComparison.Ordinal),
        "=@" or "!@" => text => text.Contains(value, StringComparison.Ordinal),
        "=^" => text => text.StartsWith(value, StringComparison.Ordinal),
        "=$" => text => text.EndsWith(value, StringComparison.Ordinal),
        _ => text => Order(op)!(string.CompareOrdinal(text, value)),
    };
}
