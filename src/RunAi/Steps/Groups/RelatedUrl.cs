using RunAi.Steps;

namespace RunAi;

/// <summary>A page that belongs to a step and is shown beside it (<c>relatedUrls</c>). Made by <c>New-RunAiRelatedUrl</c>.</summary>
public sealed class RelatedUrl : SettingGroup
{
    internal RelatedUrl()
        : base(GroupSchemas.RelatedUrl)
    {
    }

    /// <summary>Its address, http or https, without a password (<c>url</c>, mandatory).</summary>
    public string? Url { get => Get<string>(); internal init => Set(value); }

    /// <summary>What it is, such as <c>wandb</c> (<c>type</c>, mandatory).</summary>
    public string? Type { get => Get<string>(); internal init => Set(value); }

    /// <summary>The name a policy knows the item by (<c>name</c>).</summary>
    public string? Name { get => Get<string>(); internal init => Set(value); }

    /// <summary>True to take an item of this name out of what the project's policy adds (<c>exclude</c>).</summary>
    public bool? Exclude { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>The address.</summary>
    /// <returns>The URL.</returns>
    public override string ToString() => Url ?? "";
}
