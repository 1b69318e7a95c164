namespace RunAi.Steps;

/// <summary>
/// The table of a group of settings. Reading, checking, storing, merging and sending go through it, so that adding a setting is
/// one row in a table and one property of the group's type.
/// </summary>
internal sealed class SettingSchema
{
    /// <summary>The key that tells which of several kinds a group is, where its keys do not.</summary>
    public const string KindKey = "Kind";

    private readonly Dictionary<string, StepSetting> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="what">What a group of it is, with its article, for messages.</param>
    /// <param name="create">Makes an empty group of this schema.</param>
    /// <param name="rows">Every setting, in the order in which violations are told and fields are sent.</param>
    public SettingSchema(string what, Func<SettingSchema, SettingGroup> create, IReadOnlyList<StepSetting> rows)
    {
        What = what;
        Rows = rows;
        Create = () => create(this);
        foreach (var row in rows)
        {
            foreach (var name in row.Names.Where(name => !_byName.ContainsKey(name)))
            {
                _byName.Add(name, row);
            }
        }
    }

    public string What { get; }

    public IReadOnlyList<StepSetting> Rows { get; }

    public Func<SettingGroup> Create { get; }

    /// <summary>The kind, where there are several, such as <c>pvc</c>; null for the only one.</summary>
    public string? Kind { get; init; }

    /// <summary>The API's list for groups of this kind, below the setting's own field; null where that is the list.</summary>
    public string? WireName { get; init; }

    /// <summary>ZenML's setting for a list of this kind alone, such as <c>pvc_mounts</c>; null where there is none.</summary>
    public string? ListName { get; init; }

    /// <summary>The setting that tells this kind from the others; null for one that has none.</summary>
    public string? Source { get; init; }

    /// <summary>A dictionary of it as PowerShell writes it, for messages.</summary>
    public string Example { get; init; } = "@{ }";

    /// <summary>The setting that a plain value in the place of a dictionary means; null where there is none.</summary>
    public string? Short { get; init; }

    /// <summary>
    /// The setting that <c>path</c> means beside a <c>mount_path</c>, as the API and ZenML write these; null where there is none.
    /// </summary>
    public string? SourcePath { get; init; }

    /// <summary>A key whose dictionary is read as if its keys stood beside it; null where there is none.</summary>
    public string? Inlined { get; init; }

    /// <summary>What is wrong between the settings of one group. A setting that is wrong by itself is left out of it.</summary>
    public Func<SettingGroup, HashSet<string>, IEnumerable<Violation>> Relations { get; init; } = (_, _) => [];

    /// <summary>What makes an item of a list the same as one of the defaults, which it then takes the place of.</summary>
    public Func<SettingGroup, string> Identity { get; init; } = group => string.Join(
        "\n", group.Schema.Rows.Select(row => group[row.Name]));

    /// <summary>False for a default that contradicts a group's own settings, so that it is not inherited.</summary>
    public Func<SettingGroup, StepSetting, bool> Inherits { get; init; } = (_, _) => true;

    /// <summary>The row of a setting by any of its names, in any case; null when there is none.</summary>
    public StepSetting? Find(string name) => _byName.TryGetValue(name, out StepSetting? row) ? row : null;

    /// <summary>The row of a setting that is there.</summary>
    public StepSetting Row(string name) => Find(name) ?? throw new ArgumentException($"{name} is no setting of {What}.", nameof(name));
}
