namespace RunAi.Runs;

/// <summary>Which run a submission is for.</summary>
/// <param name="RunId">The run's id.</param>
internal sealed record RunRequest(string RunId)
{
    /// <summary>True when the id comes from a key, so that others may submit the same run, at the same time or earlier.</summary>
    public bool IsKeyed { get; init; }

    /// <summary>The key that the id comes from, to be recorded; null for none.</summary>
    public string? RunKey { get; init; }

    /// <summary>True to make another attempt of a run that is over, also with another specification.</summary>
    public bool Force { get; init; }

    /// <summary>Whom the run's end is told to, as the user wrote it.</summary>
    public IReadOnlyList<string> Notify { get; init; } = [];
}
