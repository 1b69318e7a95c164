namespace RunAi;

/// <summary>Why a workload waits, or ended as it did.</summary>
public enum DiagnosisCause
{
    /// <summary>The evidence does not tell, or could not be read.</summary>
    Unknown,

    /// <summary>Nothing is wrong: it runs, has just been submitted, or completed.</summary>
    None,

    /// <summary>The project or department may not use as many GPUs.</summary>
    Quota,

    /// <summary>Within quota, but no node has room for it now, or none ever can.</summary>
    Capacity,

    /// <summary>A policy or an admission rule of the cluster refuses its pods.</summary>
    Policy,

    /// <summary>The container image cannot be pulled.</summary>
    ImagePull,

    /// <summary>A volume, secret, config map or input could not be made available to the container.</summary>
    Mount,

    /// <summary>It needed more memory than it was given, of the host or of the GPU.</summary>
    OutOfMemory,

    /// <summary>Its command ended with an exit code other than 0, or could not be started.</summary>
    UserCode,

    /// <summary>The scheduler took its place for another workload.</summary>
    Preempted,

    /// <summary>The node under it failed, was drained or ran short of something.</summary>
    NodeLost,

    /// <summary>It took longer than it was allowed.</summary>
    Timeout,

    /// <summary>Somebody, or a rule of the project, suspended it.</summary>
    Suspended,

    /// <summary>The control plane has lost sight of the cluster, or does not answer.</summary>
    ControlPlane,
}
