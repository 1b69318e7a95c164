using RunAi.Images;

namespace RunAi;

/// <summary>
/// A named place for images: a repository of a registry, or an OCI layout folder. It holds a reference to its secret, never the secret.
/// </summary>
public sealed class ContainerRegistry
{
    /// <summary>The name it is registered under: 1 to 63 of <c>A-Z a-z 0-9 . _ -</c>, a letter or digit first. Case is ignored.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The repository that images go to, such as <c>myorg.azurecr.io/steps</c>, or <c>oci:FOLDER</c>.</summary>
    public string Uri { get; internal set; } = "";

    /// <summary>The user name, or a reference to it; null when the credential has one, or there is none.</summary>
    public string? UserName { get; internal set; }

    /// <summary>
    /// A reference to the password or credential, such as <c>{{acr_push}}</c>; null to use what <c>docker login</c> keeps.
    /// </summary>
    public string? Credential { get; internal set; }

    /// <summary>True to allow http for a registry other than loopback, over which credentials travel readably.</summary>
    public bool AllowInsecureHttp { get; internal set; }

    /// <summary>The registry's host and port; null for a layout folder.</summary>
    internal string? Host => ImageReference.TryParse(Uri, out var reference) ? reference.Registry : null;

    /// <summary>The name and the place.</summary>
    /// <returns>For example <c>acr (myorg.azurecr.io/steps)</c>.</returns>
    public override string ToString() => $"{Name} ({Uri})";
}
