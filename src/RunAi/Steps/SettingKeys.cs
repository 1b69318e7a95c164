using System.Collections;
using System.Globalization;
using RunAi.Wording;

namespace RunAi.Steps;

/// <summary>The keys of a dictionary with settings, in any of the spellings that are read.</summary>
internal sealed class SettingKeys
{
    private readonly List<(string Key, object? Value)> _entries;

    public SettingKeys(IDictionary values) =>
        _entries = [.. values.Entries().Select(entry => (Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "", entry.Value))];

    /// <summary>True for the same name in another spelling: <c>claim_info</c>, <c>claimInfo</c>, <c>ClaimInfo</c>.</summary>
    public static bool Same(string first, string other) =>
        string.Equals(first.Replace("_", ""), other.Replace("_", ""), StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The kind that the keys speak of: by name, or by what the others do not have. Null with a violation when that is not one.
    /// </summary>
    public SettingSchema? Choose(IReadOnlyList<SettingSchema> kinds, string path, List<Violation> violations)
    {
        if (kinds.Count == 1)
        {
            _entries.RemoveAll(entry => entry.Key == SettingSchema.KindKey && kinds[0].Find(SettingSchema.KindKey) is null
                && entry.Value is string kind && Same(kind, kinds[0].Kind ?? ""));
            return kinds[0];
        }

        var names = kinds.Select(kind => kind.Kind!).ToArray();
        if (_entries.FindIndex(entry => Same(entry.Key, SettingSchema.KindKey)) is >= 0 and var at)
        {
            var given = Convert.ToString(_entries[at].Value, CultureInfo.InvariantCulture) ?? "";
            if (kinds.FirstOrDefault(kind => Same(kind.Kind!, given)) is { } named)
            {
                _entries.RemoveAt(at);
                return named;
            }

            violations.Add(new Violation(
                path + SettingSchema.KindKey, $"'{given}' is none of {string.Join(", ", names)}. {Suggestion.For(given, names)}"));
            return null;
        }

        SettingSchema[] spoken = [.. kinds.Where(IsSpokenOf)];
        if (spoken.Length == 1)
        {
            // A key such as EmptyDir = $true says the kind and nothing more.
            _entries.RemoveAll(entry => spoken[0].Find(entry.Key) is null && Same(entry.Key, spoken[0].Kind!)
                && SettingValue.Read(StepSettingKind.Flag, entry.Value ?? "", out _) is true);
            return spoken[0];
        }

        violations.Add(new Violation(path.TrimEnd('.') is { Length: > 0 } field ? field : SettingSchema.KindKey, spoken.Length == 0
            ? $"does not say its kind. Give it one of the keys {string.Join(", ", names)}, or Kind."
            : $"speaks of {string.Join(" and ", spoken.Select(kind => kind.Kind))}. Make one of each."));
        return null;
    }

    /// <summary>The entries in the order of the table, with the row each is for; those that no row is for come last.</summary>
    public IEnumerable<(string Key, StepSetting? Row, object? Value)> Rows(SettingSchema schema)
    {
        List<StepSetting> order = [.. schema.Rows];
        var takesSource = schema.SourcePath is not null && _entries.Exists(entry => Same(entry.Key, "MountPath"));
        return _entries
            .SelectMany(entry => schema.Inlined is { } inlined && Same(entry.Key, inlined)
                && SettingValue.Dictionary(entry.Value) is { } inner
                ? new SettingKeys(inner)._entries
                : [entry])
            .Select(entry =>
                (entry.Key, Row: schema.Find(takesSource && Same(entry.Key, "Path") ? schema.SourcePath! : entry.Key), entry.Value))
            .OrderBy(entry => entry.Row is null ? int.MaxValue : order.IndexOf(entry.Row))
            .ThenBy(entry => entry.Row is null ? 0 : entry.Row.Names.ToList().FindIndex(name => Same(name, entry.Key)))
            .ThenBy(entry => entry.Key, StringComparer.OrdinalIgnoreCase);
    }

    private bool IsSpokenOf(SettingSchema kind) =>
        _entries.Exists(entry => Same(entry.Key, kind.Kind!) || (kind.Source is { } source && kind.Find(entry.Key)?.Name == source));
}
