namespace RunAi;

/// <summary>What becomes of a workload when the command that owns it is ended early.</summary>
public enum CancelAction
{
    /// <summary>It is suspended: it holds no GPU, and can be resumed.</summary>
    Stop,

    /// <summary>It goes on.</summary>
    Leave,

    /// <summary>It is deleted. The run's record, log and checkpoint stay.</summary>
    Delete,
}
