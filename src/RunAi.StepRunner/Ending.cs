using RunAi.RunManifest;
using RunAi.StepRunner.Checkpoints;
using RunAi.StepRunner.Execution;

namespace RunAi.StepRunner;

/// <summary>How this start ended.</summary>
/// <param name="Outcome">One of <see cref="RunOutcome"/>; null when the run goes on in a later start.</param>
/// <param name="ExitCode">The command's exit code; null when it was not started.</param>
/// <param name="RunnerCode">The runner's own exit code.</param>
/// <param name="Message">Why it did not succeed.</param>
internal sealed record Ending(string? Outcome, int? ExitCode, int RunnerCode, string? Message)
{
    public long PeakMemory { get; init; }

    public ArtifactDescriptor[] Outputs { get; init; } = [];

    /// <summary>What could not be kept of what the command left, each with the reason.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public CheckpointWatch? Checkpoint { get; init; }

    public static Ending Of(ChildExit exit, string? timedOut, bool stopped)
    {
        var ending = (timedOut, stopped, exit) switch
        {
            (not null, _, _) => new Ending(RunOutcome.TimedOut, exit.ExitCode, ExitCodes.TimedOut, timedOut),
            (_, true, _) => new Ending(
                null, exit.ExitCode, exit.ExitCode,
                $"Asked to end; the command ended with exit code {exit.ExitCode}. The run goes on in a later start."),
            (_, _, { Signal: 9 }) => new Ending(
                RunOutcome.Killed, exit.ExitCode, exit.ExitCode, "The command was killed (signal 9), most often for lack of memory."),
            (_, _, { Signal: > 0 }) =>
                new Ending(RunOutcome.Killed, exit.ExitCode, exit.ExitCode, $"Signal {exit.Signal} ended the command."),
            (_, _, { ExitCode: 0 }) => new Ending(RunOutcome.Succeeded, 0, ExitCodes.Success, null),
            _ => new Ending(RunOutcome.Failed, exit.ExitCode, exit.ExitCode, $"The command ended with exit code {exit.ExitCode}."),
        };
        return ending with { PeakMemory = exit.PeakMemory };
    }

    public static Ending Failed(RunnerException e, CheckpointWatch? checkpoint) => new(
        e.ExitCode == ExitCodes.InputFailed ? RunOutcome.InputFailed : RunOutcome.NotStarted, null, e.ExitCode, e.Message)
    {
        Checkpoint = checkpoint,
    };

    public static Ending Stopped() => new(
        null, null, ExitCodes.Terminated, "Asked to end before the command was started. The run goes on in a later start.");

    public static Ending TooLate() => new(
        RunOutcome.TimedOut, null, ExitCodes.TimedOut, "The run's deadline passed before the command was started.");
}
