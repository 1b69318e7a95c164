namespace RunAi.RunManifest;

/// <summary>
/// How a run ended inside its container. It is written last, when everything else is in the store, and not when the runner was asked to end
/// from outside (preempted, suspended), since then the run goes on in a later start.
/// </summary>
internal sealed class RunResult
{
    public const int CurrentVersion = 1;

    public int Version { get; set; } = CurrentVersion;

    public string RunId { get; set; } = "";

    /// <summary>The replica it is of; null for a step that is not distributed.</summary>
    public string? Replica { get; set; }

    public int Attempt { get; set; }

    public int Start { get; set; }

    /// <summary>The command's exit code, 128 + n when signal n ended it; null when it was never started.</summary>
    public int? ExitCode { get; set; }

    /// <summary>One of <see cref="RunOutcome"/>.</summary>
    public string Outcome { get; set; } = "";

    /// <summary>Why it did not succeed, in a sentence for people; null when it did.</summary>
    public string? Message { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset EndedAt { get; set; }

    /// <summary>The most memory the command and its children held, in bytes; 0 when it is not known.</summary>
    public long PeakMemory { get; set; }

    /// <summary>How many segments the log has.</summary>
    public int LogSegments { get; set; }

    /// <summary>What of the outputs could not be kept, each with the reason in a sentence; empty when all was.</summary>
    public string[] Warnings { get; set; } = [];

    /// <summary>What was published: outputs by name, each with its descriptor.</summary>
    public ArtifactDescriptor[] Outputs { get; set; } = [];
}
