namespace RunAi.RunManifest;

/// <summary>How a run ended: the values of <see cref="RunResult.Outcome"/>.</summary>
internal static class RunOutcome
{
    /// <summary>The command ended with exit code 0 and every output is in the store.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>The command ended with another exit code.</summary>
    public const string Failed = "failed";

    /// <summary>A signal that nobody outside sent ended the command; 9 is most often a lack of memory.</summary>
    public const string Killed = "killed";

    /// <summary>The deadline or the run's time limit ran out and the runner ended the command.</summary>
    public const string TimedOut = "timedOut";

    /// <summary>The command could not be started: no such program, no permission.</summary>
    public const string NotStarted = "notStarted";

    /// <summary>An input could not be fetched, or was not what its digest says.</summary>
    public const string InputFailed = "inputFailed";

    /// <summary>The command succeeded, but an output was not written or could not be published.</summary>
    public const string OutputFailed = "outputFailed";
}
