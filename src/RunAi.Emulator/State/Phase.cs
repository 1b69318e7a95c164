namespace RunAi.Emulator.State;

/// <summary>The phases of the document (schema Phase).</summary>
internal enum Phase
{
    Creating,
    Initializing,
    Resuming,
    Pending,
    Deleting,
    Running,
    Updating,
    Stopped,
    Stopping,
    Degraded,
    Failed,
    Completed,
    Terminating,
    Unknown,
}
