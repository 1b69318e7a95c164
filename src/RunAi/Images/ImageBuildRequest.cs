namespace RunAi.Images;

/// <summary>What to build, and where it goes.</summary>
internal sealed class ImageBuildRequest
{
    public ImageBuildRequest(string? source, ImageLocation? baseImage, ImageLocation destination)
    {
        Source = source;
        BaseImage = baseImage;
        Destination = destination;
    }

    /// <summary>The folder with the step's code, or what a Dockerfile is built in; null for a step without code.</summary>
    public string? Source { get; }

    /// <summary>The image to put layers on; null for a Dockerfile, which names its own.</summary>
    public ImageLocation? BaseImage { get; }

    public ImageLocation Destination { get; }

    public ImagePlatform Platform { get; set; } = ImagePlatform.Default;

    /// <summary>
    /// The folder that code goes to and commands start in; null for <c>/workspace</c>, or the image's own where there is no code.
    /// </summary>
    public string? WorkingDir { get; set; }

    /// <summary>A tag for the image beside its digest; null for none.</summary>
    public string? Tag { get; set; }

    /// <summary>The same for a base image that has the code already.</summary>
    public ImageBuildRequest WithoutSource() => new(null, null, Destination) { Platform = Platform, WorkingDir = WorkingDir, Tag = Tag };
}
