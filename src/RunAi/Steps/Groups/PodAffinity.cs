using RunAi.Steps;

namespace RunAi;

/// <summary>
/// Whether the pods of a step run close to others of their kind (<c>podAffinity</c>). Made by <c>New-RunAiPodAffinity</c>.
/// </summary>
public sealed class PodAffinity : SettingGroup
{
    internal PodAffinity()
        : base(GroupSchemas.PodAffinity)
    {
    }

    /// <summary><c>Required</c> or <c>Preferred</c> (<c>type</c>, mandatory).</summary>
    public string? Type { get => Get<string>(); internal init => Set(value); }

    /// <summary>
    /// The label of nodes that says what close means, such as <c>topology.kubernetes.io/zone</c> (<c>key</c>, mandatory).
    /// </summary>
    public string? Key { get => Get<string>(); internal init => Set(value); }

    /// <summary>How close.</summary>
    /// <returns>For example <c>Preferred topology.kubernetes.io/zone</c>.</returns>
    public override string ToString() => $"{Type} {Key}";
}
