namespace RunAi.Images;

/// <summary>How far the building of an image has come.</summary>
internal sealed class ImageProgress
{
    public ImageProgress(string activity, int percent)
    {
        Activity = activity;
        Percent = percent;
    }

    public string Activity { get; }

    /// <summary>0 to 100.</summary>
    public int Percent { get; }
}
