namespace RunAi.PowerShell.Binding;

/// <summary>The keys of a hashtable in the place of <see cref="RunAi.ImagePullSecret"/>.</summary>
public sealed class ImagePullSecretInput : GroupInput
{
    /// <inheritdoc cref="RunAi.ImagePullSecret.Name"/>
    public string? Name { get; set; }

    /// <inheritdoc cref="RunAi.ImagePullSecret.UserCredential"/>
    public bool? UserCredential { get; set; }

    /// <inheritdoc cref="RunAi.ImagePullSecret.Exclude"/>
    public bool? Exclude { get; set; }
}
