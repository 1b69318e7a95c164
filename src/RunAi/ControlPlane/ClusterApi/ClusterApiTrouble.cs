namespace RunAi.ControlPlane;

/// <summary>Why a cluster did not give a stream.</summary>
internal enum ClusterApiTrouble
{
    /// <summary>The workload's pod is not there yet, or not ready.</summary>
    NotReady,

    /// <summary>
    /// The cluster knows no such workload or pod, or has no log of it any more: not yet, suspended, deleted, or another address.
    /// </summary>
    NotFound,

    /// <summary>It is not known where the cluster's API is, or the address must not be used.</summary>
    NoAddress,

    /// <summary>The cluster does not take the control plane's token, not even a new one.</summary>
    Unauthorized,

    /// <summary>The token lacks the permission.</summary>
    Forbidden,

    /// <summary>No connection came about: name, network, TLS, proxy or time.</summary>
    Unreachable,

    /// <summary>It answered something else: an error, or the web page of what stands before it.</summary>
    Failing,
}
