using RunAi.Steps;

namespace RunAi;

/// <summary>
/// What a label of a node must be like (<c>nodeAffinityRequired.nodeSelectorTerms.matchExpressions</c>). All of one term must hold, and one
/// term of all. Made by
/// <c>New-RunAiNodeAffinity</c>.
/// </summary>
public sealed class NodeAffinity : SettingGroup
{
    internal NodeAffinity()
        : base(GroupSchemas.NodeAffinity)
    {
    }

    /// <summary>The name of the label (<c>key</c>, mandatory).</summary>
    public string? Key { get => Get<string>(); internal init => Set(value); }

    /// <summary>
    /// <c>In</c>, <c>NotIn</c>, <c>Exists</c>, <c>DoesNotExist</c>, <c>Gt</c> or <c>Lt</c> (<c>operator</c>, mandatory); In is sent with
    /// values and Exists without, unless it is set.
    /// </summary>
    public string? Operator { get => Get<string>(); internal init => Set(value); }

    /// <summary>
    /// What the label is compared with: some with In and NotIn, none with Exists and DoesNotExist, one whole number with Gt and Lt
    /// (<c>values</c>).
    /// </summary>
    public string[]? Value { get => Get<string[]>(); internal init => Set(value); }

    /// <summary>Which term it belongs to, from 1; 1 unless set.</summary>
    public int? Term { get => Get<int?>(); internal init => Set(value); }

    /// <summary>The requirement.</summary>
    /// <returns>For example <c>nvidia.com/gpu.product In A100, H100</c>.</returns>
    public override string ToString() =>
        $"{Key} {Operator ?? (Value is null ? "Exists" : "In")} {string.Join(", ", Value ?? [])}".TrimEnd();
}
