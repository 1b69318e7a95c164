namespace RunAi.ControlPlane;

/// <summary>What can be asked for many workloads at once.</summary>
internal enum WorkloadAction
{
    /// <summary>Their pods go, their records stay.</summary>
    Suspend,

    /// <summary>They go back to the queue.</summary>
    Resume,

    /// <summary>They go, with their records.</summary>
    Delete,
}
