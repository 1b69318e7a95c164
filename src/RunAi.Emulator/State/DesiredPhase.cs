namespace RunAi.Emulator.State;

/// <summary>What was last asked for (schema WorkloadDesiredPhase).</summary>
internal enum DesiredPhase
{
    Running,
    Stopped,
    Deleted,
}
