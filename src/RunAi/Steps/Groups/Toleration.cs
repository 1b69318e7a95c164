using RunAi.Steps;

namespace RunAi;

/// <summary>
/// A taint of nodes that a step puts up with (<c>tolerations</c>; Kubernetes, "Taints and Tolerations"). Made by
/// <c>New-RunAiToleration</c>.
/// </summary>
public sealed class Toleration : SettingGroup
{
    internal Toleration()
        : base(GroupSchemas.Toleration)
    {
    }

    /// <summary>The key of the taint, a label name (<c>key</c>, mandatory).</summary>
    public string? Key { get => Get<string>(); internal init => Set(value); }

    /// <summary>
    /// <c>Exists</c> for any value of the taint, or <c>Equal</c> (<c>operator</c>, mandatory); Equal is sent with a value and Exists
    /// without, unless it is set.
    /// </summary>
    public string? Operator { get => Get<string>(); internal init => Set(value); }

    /// <summary>The value of the taint; with <c>Equal</c> alone, as Kubernetes has it (<c>value</c>).</summary>
    public string? Value { get => Get<string>(); internal init => Set(value); }

    /// <summary>
    /// <c>NoSchedule</c>, <c>NoExecute</c>, <c>PreferNoSchedule</c> or <c>Any</c> (<c>effect</c>, mandatory); Any is sent unless it is set,
    /// as Kubernetes takes an empty effect.
    /// </summary>
    public string? Effect { get => Get<string>(); internal init => Set(value); }

    /// <summary>How long a pod stays on a node with the taint, 1 or more; with <c>NoExecute</c> alone (<c>seconds</c>).</summary>
    public long? Seconds { get => Get<long?>(); internal init => Set(value); }

    /// <summary>The name a policy knows the toleration by (<c>name</c>).</summary>
    public string? Name { get => Get<string>(); internal init => Set(value); }

    /// <summary>True to take an item of this name out of what the project's policy adds (<c>exclude</c>).</summary>
    public bool? Exclude { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>The taint.</summary>
    /// <returns>For example <c>nvidia.com/gpu=present:NoSchedule</c>.</returns>
    public override string ToString() => Key + (Value is null ? "" : $"={Value}") + (Effect is null ? "" : $":{Effect}");
}
