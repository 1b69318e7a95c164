namespace RunAi.StepRunner;

/// <summary>
/// The exit codes of the runner's own, after sysexits.h and the shells' habits. Any other one is the command's, or 128 + n when signal n
/// ended it.
/// </summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>RUNAI_MANIFEST is not set, or there are arguments.</summary>
    public const int Usage = 64;

    /// <summary>The manifest is not one this runner understands.</summary>
    public const int BadManifest = 65;

    /// <summary>An input could not be fetched, or was not what its digest says.</summary>
    public const int InputFailed = 66;

    /// <summary>The manifest could not be read from the store.</summary>
    public const int NoManifest = 69;

    /// <summary>A fault of the runner itself.</summary>
    public const int Internal = 70;

    /// <summary>No folder can be written to.</summary>
    public const int NoHome = 73;

    /// <summary>The command succeeded, but an output is missing or could not be published.</summary>
    public const int OutputFailed = 74;

    /// <summary>The deadline or the time limit ran out.</summary>
    public const int TimedOut = 124;

    /// <summary>The command was found but cannot be executed.</summary>
    public const int NotExecutable = 126;

    /// <summary>There is no such command.</summary>
    public const int NotFound = 127;

    /// <summary>Asked to end (SIGTERM) before the command was started.</summary>
    public const int Terminated = Signalled + 15;

    /// <summary>Added to the number of the signal that ended the command.</summary>
    public const int Signalled = 128;
}
