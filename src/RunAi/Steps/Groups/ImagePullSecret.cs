using RunAi.Steps;

namespace RunAi;

/// <summary>
/// A secret of the cluster that an image is pulled with (<c>imagePullSecrets</c>). Made by <c>New-RunAiImagePullSecret</c>.
/// </summary>
public sealed class ImagePullSecret : SettingGroup
{
    internal ImagePullSecret()
        : base(GroupSchemas.ImagePullSecret)
    {
    }

    /// <summary>The name of the secret, a DNS label (<c>name</c>).</summary>
    public string? Name { get => Get<string>(); internal init => Set(value); }

    /// <summary>True for a secret that its user alone may use (<c>userCredential</c>).</summary>
    public bool? UserCredential { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>True to take an item of this name out of what the project's policy adds (<c>exclude</c>).</summary>
    public bool? Exclude { get => Get<bool?>(); internal init => Set(value); }

    /// <summary>The secret's name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name ?? "";
}
