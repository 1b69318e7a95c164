namespace RunAi;

/// <summary>An immutable input or output of a step: a file, or a folder that travels as one tar stream.</summary>
public sealed class Artifact
{
    /// <summary>Its name, such as the output's.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where it is: its folder in an artifact store, such as <c>az://account/container/steps/artifacts/ab12...</c>.</summary>
    public string Uri { get; set; } = "";

    /// <summary>The SHA-256 digest of its bytes, <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public string Digest { get; set; } = "";

    /// <summary>Its size in bytes.</summary>
    public long Size { get; set; }

    /// <summary><c>application/octet-stream</c> for a file, <c>application/vnd.runai.folder.v1.tar</c> for a folder.</summary>
    public string MediaType { get; set; } = "";

    /// <summary>The file's or folder's own name.</summary>
    public string FileName { get; set; } = "";

    /// <summary>Its name and place.</summary>
    /// <returns>For example <c>model (az://account/container/steps/runs/01.../outputs/model)</c>.</returns>
    public override string ToString() => $"{Name} ({Uri})";
}
