using System.Globalization;
using System.Text.RegularExpressions;

namespace RunAi.Emulator.Api.Listing;

/// <summary>
/// One condition of filterBy: field, operator, value. A field without a value satisfies only != and !@.
/// </summary>
internal sealed partial class Filter<T>
{
    private readonly ListField<T> _field;
    private readonly string _operator;
    private readonly string _value;
    private readonly IComparable _operand;

    private Filter(ListField<T> field, string op, string value) =>
        (_field, _operator, _value, _operand) = (field, op, value, Parse(field.Kind, value));

    /// <summary>Reads the comma-joined conditions, all of which must hold.</summary>
    /// <exception cref="QueryException">A condition does not follow the grammar.</exception>
    public static List<Filter<T>> ParseAll(string? filterBy, IReadOnlyDictionary<string, ListField<T>> fields) =>
        string.IsNullOrEmpty(filterBy) ? [] : [.. filterBy.Split(',').Select(condition => Parse(condition, fields))];

    public bool Holds(T row)
    {
        var actual = _field.Value(row);
        if (_field.Kind == FieldKind.Texts)
        {
            var any = ((IEnumerable<string>)actual!).Any(text => Positive(text));
            return _operator is "!=" or "!@" ? !any : any;
        }

        if (actual is null)
        {
            return _operator is "!=" or "!@";
        }

        return _operator is "!=" or "!@" ? !Positive(actual) : Positive(actual);
    }

    /// <summary>The condition without its negation.</summary>
    private bool Positive(object actual) => _operator switch
    {
        "==" or "!=" => Compare(actual) == 0,
        "<=" => Compare(actual) <= 0,
        ">=" => Compare(actual) >= 0,
        "=@" or "!@" => Text(actual).Contains(_value, StringComparison.Ordinal),
        "=^" => Text(actual).StartsWith(_value, StringComparison.Ordinal),
        _ => Text(actual).EndsWith(_value, StringComparison.Ordinal),
    };

    private int Compare(object actual) => actual is string text
        ? string.CompareOrdinal(text, _value)
        : ((IComparable)actual).CompareTo(_operand);

    private static string Text(object actual) => Convert.ToString(actual, CultureInfo.InvariantCulture)!;

    private static Filter<T> Parse(string condition, IReadOnlyDictionary<string, ListField<T>> fields)
    {
        if (Grammar().Match(condition) is not { Success: true } match)
        {
            throw new QueryException($"filterBy: '{condition}' is not 'field operator value'.");
        }

        var (name, op, value) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        if (!fields.TryGetValue(name, out var field))
        {
            throw new QueryException($"filterBy: '{name}' is not one of {string.Join(", ", fields.Keys)}.");
        }

        if (field.Kind == FieldKind.Time && op is not ("==" or "!=" or "<=" or ">="))
        {
            throw new QueryException($"filterBy: dates compare with ==, !=, <= and >= only, not with {op}.");
        }

        return new Filter<T>(field, op, value);
    }

    private static IComparable Parse(FieldKind kind, string value) => kind switch
    {
        FieldKind.Number => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new QueryException($"filterBy: '{value}' is no number."),
        FieldKind.Time => DateTimeOffset.TryParse(
            value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new QueryException($"filterBy: '{value}' is no ISO 8601 date."),
        _ => value,
    };

    [GeneratedRegex("^([A-Za-z0-9]+)(==|!=|<=|>=|=@|!@|=\\^|=\\$)(.+)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Grammar();
}
