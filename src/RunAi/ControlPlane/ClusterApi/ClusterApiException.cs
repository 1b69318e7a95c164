namespace RunAi.ControlPlane;

/// <summary>A cluster's own API did not give a stream.</summary>
internal sealed class ClusterApiException : RunAiException
{
    /// <param name="trouble">Why.</param>
    /// <param name="reason">The reason in words, as a clause that follows "the cluster".</param>
    /// <param name="inner">What caused it.</param>
    public ClusterApiException(ClusterApiTrouble trouble, string reason, Exception? inner = null)
        : base(ErrorIds.ClusterApiUnreachable, $"The cluster {reason}.", inner) => (Trouble, Reason) = (trouble, reason);

    public ClusterApiTrouble Trouble { get; }

    public string Reason { get; }
}
