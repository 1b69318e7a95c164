namespace RunAi.Processes;

/// <summary>Why a process ends before its work does.</summary>
/// <param name="Text">In words that go on after "by", such as <c>SIGTERM</c>.</param>
/// <param name="ExitCode">The exit code that says so: 128 and the signal's number, as shells have it.</param>
internal sealed record TerminationCause(string Text, int ExitCode)
{
    public static readonly TerminationCause Interrupt = new("Ctrl+C", 130);

    public static readonly TerminationCause Terminate = new("SIGTERM", 143);

    /// <summary>The terminal is gone, or the console was closed.</summary>
    public static readonly TerminationCause HangUp = new("SIGHUP", 129);

    public static readonly TerminationCause Parent = new("the end of its parent process", 129);

    public static readonly TerminationCause Exit = new("the end of its process", 1);
}
