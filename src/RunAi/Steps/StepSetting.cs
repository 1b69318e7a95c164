namespace RunAi.Steps;

/// <summary>A row of a <see cref="SettingSchema"/>: everything there is to know about one setting.</summary>
/// <param name="Name">The name in PowerShell, also the property's.</param>
/// <param name="ZenMLName">ZenML's name for it, or its name in that style where ZenML has none.</param>
/// <param name="WirePath">
/// The field in the creation request, dotted and relative to <c>spec</c> or to the group's own field; null when it is not sent there.
/// </param>
/// <param name="Kind">The kind of value.</param>
/// <param name="Rule">What is wrong with a value, one sentence each; nothing when it is right.</param>
internal sealed record StepSetting(
    string Name, string ZenMLName, string? WirePath, StepSettingKind Kind, Func<object, IEnumerable<string>> Rule)
{
    /// <summary>What is sent when nobody set it, or null when it is then left out.</summary>
    public object? Default { get; init; }

    /// <summary>
    /// The words a <see cref="StepSettingKind.Choice"/> or <see cref="StepSettingKind.ChoiceList"/> allows, in the API's spelling.
    /// </summary>
    public IReadOnlyCollection<string> Options { get; init; } = [];

    /// <summary>More names that are read.</summary>
    public IReadOnlyCollection<string> OtherNames { get; init; } = [];

    /// <summary>The tables of the groups it holds, one for each kind; none for a plain value.</summary>
    public IReadOnlyList<SettingSchema> Groups { get; init; } = [];

    /// <summary>What to write when a group lacks it, a sentence; null when it may be left out.</summary>
    public string? Required { get; init; }

    /// <summary>
    /// What is sent in a group without it, as the API wants the field or has a default that nobody expects; null for nothing.
    /// </summary>
    public Func<SettingGroup, object?>? Implied { get; init; }

    /// <summary>How a list or table is written in the request.</summary>
    public WireForm Form { get; init; } = WireForm.Plain;

    /// <summary>All names that are read.</summary>
    public IEnumerable<string> Names =>
        OtherNames.Prepend(ZenMLName).Prepend(Name).Concat(Groups.Select(group => group.ListName).OfType<string>());

    /// <summary>True for a setting that means nothing without a GPU.</summary>
    public bool IsShareOfGpu => Name.StartsWith("Gpu", StringComparison.Ordinal) && Name != nameof(StepSettings.GpuDevicesRequest);

    /// <summary>The value in the form it is kept in: a copy of what could change, a choice in the API's spelling.</summary>
    public object Normalise(object value) => value switch
    {
        string[] list => list.Select(Spelled).ToArray(),
        Array list => list.Clone(),
        System.Collections.IDictionary map => TextMap.From(map),
        string word => Spelled(word),
        _ => value,
    };

    private string Spelled(string word) =>
        Options.FirstOrDefault(option => string.Equals(option, word, StringComparison.OrdinalIgnoreCase)) ?? word;
}
