using System.Text.RegularExpressions;

namespace RunAi.Emulator.Api.Listing;

/// <summary>The conditions of filterBy: field, operator, value, joined by commas, all of which must hold.</summary>
internal static partial class Filter
{
    /// <exception cref="QueryException">A condition does not follow the grammar.</exception>
    public static Func<T, bool>[] ParseAll<T>(string? filterBy, IReadOnlyDictionary<string, ListField<T>> fields) =>
        string.IsNullOrEmpty(filterBy) ? [] : [.. filterBy.Split(',').Select(condition => Parse(condition, fields))];

    private static Func<T, bool> Parse<T>(string condition, IReadOnlyDictionary<string, ListField<T>> fields)
    {
        if (Grammar().Match(condition) is not { Success: true } match)
        {
            throw new QueryException($"filterBy: '{condition}' is not 'field operator value'.");
        }

        var (name, op, value) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
        return fields.TryGetValue(name, out var field)
            ? field.Condition(op, value)
            : throw new QueryException($"filterBy: '{name}' is not one of {string.Join(", ", fields.Keys)}.");
    }

    [GeneratedRegex("^([A-Za-z0-9]+)(==|!=|<=|>=|=@|!@|=\\^|=\\$)(.+)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Grammar();
}
