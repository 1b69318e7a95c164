namespace RunAi.RunManifest;

/// <summary>What the runner itself says in the log.</summary>
internal sealed class LogNote
{
    /// <summary>The runner has begun a start of the run.</summary>
    public const string Started = "start";

    /// <summary>The runner has ended.</summary>
    public const string Ended = "end";

    /// <summary>There is no room for more of the log.</summary>
    public const string Truncated = "truncated";

    /// <summary>Anything else that a person is to read.</summary>
    public const string Told = "message";

    /// <summary><see cref="Started"/>, <see cref="Ended"/>, <see cref="Truncated"/> or <see cref="Told"/>.</summary>
    public string Event { get; set; } = "";

    /// <summary>The workload of the run, from 1.</summary>
    public int Attempt { get; set; }

    /// <summary>The start of the runner within the attempt, from 1.</summary>
    public int Start { get; set; }

    /// <summary>What a person reads.</summary>
    public string? Message { get; set; }
}
