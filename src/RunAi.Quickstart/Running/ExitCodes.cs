namespace RunAi.Quickstart.Running;

/// <summary>The exit codes of this program, where the script does not say <c>exit N</c>.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int TerminatingError = 1;
    public const int WrongCommandLine = 2;

    /// <summary>What shells report for a process that SIGINT ended.</summary>
    public const int Interrupted = 130;

    public static int Of(Outcome outcome) => outcome switch
    {
        Outcome.Completed => Success,
        Outcome.Stopped => Interrupted,
        _ => TerminatingError,
    };
}
