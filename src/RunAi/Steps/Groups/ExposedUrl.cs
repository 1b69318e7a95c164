using RunAi.Steps;

namespace RunAi;

/// <summary>A port of the container that gets a URL (<c>exposedUrls</c>). Made by <c>New-RunAiExposedUrl</c>.</summary>
public sealed class ExposedUrl : SettingGroup
{
    internal ExposedUrl()
        : base(GroupSchemas.ExposedUrl)
    {
    }

    /// <summary>The port of the container, 1 to 65535 (<c>container</c>, mandatory).</summary>
    public int? Container { get => Get<int?>(); internal init => Set(value); }

    /// <summary>The URL, http or https; made by Run:ai unless set (<c>url</c>).</summary>
    public string? Url { get => Get<string>(); internal init => Set(value); }

    /// <summary>
    /// <c>authenticatedUsers</c>, <c>authorizedUsers</c> or <c>authorizedGroups</c> (<c>authorizationType</c>); what is named decides when
    /// it is not set.
    /// </summary>
    public string? AuthorizationType { get => Get<string>(); internal init => Set(value); }

    /// <summary>Users who may use it; not beside groups (<c>authorizedUsers</c>).</summary>
    public string[]? AuthorizedUser { get => Get<string[]>(); internal init => Set(value); }

    /// <summary>Groups who may use it; not beside users (<c>authorizedGroups</c>).</summary>
    public string[]? AuthorizedGroup { get => Get<string[]>(); internal init => Set(value); }

    /// <summary>The type of tool behind it, such as <c>jupyter</c> (<c>toolType</c>).</summary>
    public string? ToolType { get => Get<string>(); internal init => Set(value); }

    /// <summary>What the tool is called (<c>toolName</c>).</summary>
    public string? ToolName { get => Get<string>(); internal init => Set(value); }

    /// <summary>The name a policy knows the item by (<c>name</c>).</summary>
    public string? Name { get => Get<string>(); internal init => Set(value); }

    /// <summary>True to take an item of this name out of what the project's policy adds (<c>exclude</c>).</summary>
    public bool? Exclude { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>The port and its URL.</summary>
    /// <returns>For example <c>8888 https://tool.example.org</c>.</returns>
    public override string ToString() => Url is null ? $"{Container}" : $"{Container} {Url}";
}
