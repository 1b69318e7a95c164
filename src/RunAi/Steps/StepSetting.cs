namespace RunAi.Steps;

/// <summary>A row of <see cref="StepSettingsSchema"/>: everything there is to know about one setting.</summary>
/// <param name="Name">The name in PowerShell, also the property's.</param>
/// <param name="ZenMLName">ZenML's name for it, or its name in that style where ZenML has none.</param>
/// <param name="WirePath">The field in the creation request, dotted and relative to <c>spec</c>; null when it is not sent there.</param>
/// <param name="Kind">The kind of value.</param>
/// <param name="Rule">What is wrong with a value, one sentence each; nothing when it is right.</param>
internal sealed record StepSetting(
    string Name, string ZenMLName, string? WirePath, StepSettingKind Kind, Func<object, IEnumerable<string>> Rule)
{
    /// <summary>What is sent when nobody set it, or null when it is then left out.</summary>
    public object? Default { get; init; }

    /// <summary>The words a <see cref="StepSettingKind.Choice"/> allows, in the API's spelling.</summary>
    public IReadOnlyCollection<string> Options { get; init; } = [];

    /// <summary>True for a setting that means nothing without a GPU.</summary>
    public bool IsShareOfGpu => Name.StartsWith("Gpu", StringComparison.Ordinal) && Name != nameof(StepSettings.GpuDevicesRequest);

    /// <summary>The value in the form it is kept in: a copy of what could change, a choice in the API's spelling.</summary>
    public object Normalise(object value) => value switch
    {
        string[] list => list.ToArray(),
        System.Collections.IDictionary map => TextMap.From(map),
        string word when Kind == StepSettingKind.Choice =>
            Options.FirstOrDefault(option => string.Equals(option, word, StringComparison.OrdinalIgnoreCase)) ?? word,
        _ => value,
    };
}
