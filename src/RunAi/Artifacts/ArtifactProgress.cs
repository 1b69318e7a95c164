namespace RunAi.Artifacts;

/// <summary>How far the storing or saving of an artifact has come.</summary>
internal sealed class ArtifactProgress
{
    public ArtifactProgress(string activity, string name, long done, long total)
    {
        Activity = activity;
        Name = name;
        Done = done;
        Total = total;
    }

    /// <summary>What is done, such as <c>Uploading</c>.</summary>
    public string Activity { get; }

    public string Name { get; }

    /// <summary>The bytes that are done.</summary>
    public long Done { get; }

    /// <summary>All bytes; 0 when that is not known.</summary>
    public long Total { get; }

    /// <summary>0 to 100; -1 when that is not known.</summary>
    public int Percent => Total <= 0 ? -1 : (int)Math.Min(100, Done * 100 / Total);
}
