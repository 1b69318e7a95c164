namespace RunAi.Quickstart;

/// <summary>The exit codes of this program, where the shell's own does not count.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>There is no checkout, or no PowerShell to start.</summary>
    public const int NotStarted = 1;

    public const int WrongCommandLine = 2;

    /// <summary>What a signal ended, as shells report it: 128 and the signal's number.</summary>
    public const int Interrupted = 128 + 2;

    public const int Terminated = 128 + 15;
}
