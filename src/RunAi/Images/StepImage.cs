namespace RunAi;

/// <summary>An image that <c>Publish-RunAiStepImage</c> built: what <c>Submit-RunAiStep -Image</c> takes.</summary>
public sealed class StepImage
{
    /// <summary>The image by digest: <c>registry/repository@sha256:...</c>, or <c>oci:FOLDER@sha256:...</c>.</summary>
    public string Reference { get; internal set; } = "";

    /// <summary>The digest of its manifest, <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public string Digest { get; internal set; } = "";

    /// <summary>The tag it has too, or null.</summary>
    public string? Tag { get; internal set; }

    /// <summary>The image it was built on, by the digest it had then; the digest alone for what a Dockerfile gave.</summary>
    public string BaseImage { get; internal set; } = "";

    /// <summary>The size of all its compressed layers and its configuration, in bytes.</summary>
    public long Size { get; internal set; }

    /// <summary>How many bytes of layers and configuration were uploaded; 0 when all was there.</summary>
    public long Uploaded { get; internal set; }

    /// <summary>Its layers from the lowest to the topmost.</summary>
    public IReadOnlyList<ImageLayer> Layers { get; internal set; } = [];

    /// <summary>The image's name by digest.</summary>
    /// <returns><see cref="Reference"/>.</returns>
    public override string ToString() => Reference;
}
