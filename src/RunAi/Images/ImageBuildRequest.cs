namespace RunAi.Images;

/// <summary>What to build, and where it goes.</summary>
internal sealed class ImageBuildRequest
{
    public ImageBuildRequest(string source, ImageLocation baseImage, ImageLocation destination)
    {
        Source = source;
        BaseImage = baseImage;
        Destination = destination;
    }

    /// <summary>The folder with the step's code.</summary>
    public string Source { get; }

    public ImageLocation BaseImage { get; }

    public ImageLocation Destination { get; }

    public ImagePlatform Platform { get; set; } = ImagePlatform.Default;

    public string WorkingDir { get; set; } = WorkingFolder.Default;

    /// <summary>A tag for the image beside its digest; null for none.</summary>
    public string? Tag { get; set; }
}
