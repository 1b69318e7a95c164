namespace RunAi.Workloads;

/// <summary>What a phase means to somebody who waits.</summary>
internal enum PhaseClass
{
    /// <summary>A phase that is missing, unknown to the control plane or to this version: waited through.</summary>
    Unknown,

    /// <summary>Waiting to run, or running.</summary>
    Active,

    /// <summary>The end, and a good one.</summary>
    Succeeded,

    /// <summary>The end, and a bad one.</summary>
    Failed,

    /// <summary>Suspended by somebody; it can be resumed.</summary>
    Stopped,

    /// <summary>On its way out: its next phase tells where to.</summary>
    Terminating,
}
