namespace RunAi.Emulator.Execution;

/// <summary>How a pod ended; the reason says more than the code where there is more to say.</summary>
internal sealed record PodExit(int ExitCode, string? Reason = null);
