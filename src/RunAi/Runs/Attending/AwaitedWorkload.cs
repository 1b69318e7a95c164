namespace RunAi.Runs.Attending;

/// <summary>A workload or run that is to be waited for.</summary>
/// <param name="Id">The workload's id; null when only its name is known.</param>
/// <param name="Name">What to call it: its name, or its id.</param>
/// <param name="Run">The run it belongs to; null for a workload that is no run.</param>
internal sealed record AwaitedWorkload(string? Id, string Name, StepRun? Run);
