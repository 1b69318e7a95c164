namespace RunAi.StepRunner;

/// <summary>What keeps a run from going on, with the exit code that tells it.</summary>
internal sealed class RunnerException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
