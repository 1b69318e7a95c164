namespace RunAi.RunManifest;

/// <summary>What the runner itself says in the log.</summary>
internal sealed class LogNote
{
    /// <summary><c>start</c>, <c>end</c>, <c>truncated</c> or <c>message</c>.</summary>
    public string Event { get; set; } = "";

    /// <summary>The workload of the run, from 1.</summary>
    public int Attempt { get; set; }

    /// <summary>The start of the runner within the attempt, from 1.</summary>
    public int Start { get; set; }

    /// <summary>What a person reads.</summary>
    public string? Message { get; set; }
}
