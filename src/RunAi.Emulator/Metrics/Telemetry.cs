using System.Globalization;
using RunAi.Emulator.Api;
using RunAi.Emulator.Api.Listing;

namespace RunAi.Emulator.Metrics;

/// <summary>Answers telemetry: one number for all rows, or one for each group of them (schema TelemetryResponse).</summary>
/// <param name="types">What can be counted, by telemetryType.</param>
/// <param name="groups">By what rows can be grouped, by groupBy: the group's id or name, and its name where the former is an id.</param>
/// <param name="span">The span of time a row belongs to, where rows are always grouped by it.</param>
internal sealed class Telemetry<T>(
    IReadOnlyDictionary<string, Func<IReadOnlyList<T>, decimal>> types,
    IReadOnlyDictionary<string, Func<T, (string Value, string? Name)>> groups,
    Func<T, string>? span = null)
{
    private const int MostGroups = 2;

    /// <exception cref="QueryException">A parameter breaks the document's rules.</exception>
    public IResult Answer(IQueryCollection query, IEnumerable<T> rows, DateTimeOffset now)
    {
        var type = query["telemetryType"].ToString();
        var count = types.GetValueOrDefault(type)
            ?? throw new QueryException($"telemetryType: '{type}' is not one of {string.Join(", ", types.Keys)}.");
        var keys = query["groupBy"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (keys.Length > MostGroups - (span is null ? 0 : 1) || keys.FirstOrDefault(key => !groups.ContainsKey(key)) is not null)
        {
            throw new QueryException($"groupBy: at most {MostGroups} of {string.Join(", ", groups.Keys)}.");
        }

        var values = keys.Length == 0 && span is null
            ? [new { Value = Text(count([.. rows])), Groups = Array.Empty<Group>() }]
            : rows.GroupBy(row => string.Join('\n', Named(keys, row).Select(group => group.Value)))
                .Select(group => new { Value = Text(count([.. group])), Groups = Named(keys, group.First()).ToArray() });
        return WorkloadEndpoints.Answer(new { Type = type, Timestamp = now, Values = values });
    }

    private IEnumerable<Group> Named(string[] keys, T row)
    {
        if (span is not null)
        {
            yield return new Group("PendingTime", span(row), null);
        }

        foreach (var key in keys)
        {
            var (value, name) = groups[key](row);
            yield return new Group(key, value, name);
        }
    }

    private static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private sealed record Group(string Key, string Value, string? Name);
}
