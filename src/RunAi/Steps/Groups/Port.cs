using RunAi.Steps;

namespace RunAi;

/// <summary>A port of the container that the cluster opens (<c>ports</c>). Made by <c>New-RunAiPort</c>.</summary>
public sealed class Port : SettingGroup
{
    internal Port()
        : base(GroupSchemas.Port)
    {
    }

    /// <summary>The port of the container, 1 to 65535 (<c>container</c>, mandatory).</summary>
    public int? Container { get => Get<int?>(); internal init => Set(value); }

    /// <summary>
    /// <c>LoadBalancer</c>, <c>NodePort</c> or <c>ClusterIP</c> (<c>serviceType</c>, mandatory); ClusterIP is sent unless it is set, as
    /// Kubernetes' services are.
    /// </summary>
    public string? ServiceType { get => Get<string>(); internal init => Set(value); }

    /// <summary>The port it is reached at, 1 to 65535; the cluster's choice unless set (<c>external</c>).</summary>
    public int? External { get => Get<int?>(); internal init => Set(value); }

    /// <summary>The type of tool behind it, such as <c>tensorboard</c> (<c>toolType</c>).</summary>
    public string? ToolType { get => Get<string>(); internal init => Set(value); }

    /// <summary>What the tool is called (<c>toolName</c>).</summary>
    public string? ToolName { get => Get<string>(); internal init => Set(value); }

    /// <summary>The name a policy knows the item by (<c>name</c>).</summary>
    public string? Name { get => Get<string>(); internal init => Set(value); }

    /// <summary>True to take an item of this name out of what the project's policy adds (<c>exclude</c>).</summary>
    public bool? Exclude { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>The port.</summary>
    /// <returns>For example <c>8080 NodePort</c>.</returns>
    public override string ToString() => ServiceType is null ? $"{Container}" : $"{Container} {ServiceType}";
}
