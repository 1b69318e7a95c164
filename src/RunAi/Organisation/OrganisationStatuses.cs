namespace RunAi.Organisation;

/// <summary>The states the API document knows. A control plane may have others: they are offered, never demanded.</summary>
internal static class OrganisationStatuses
{
    /// <summary>Schema <c>ProjectPhase</c>.</summary>
    public static IReadOnlyCollection<string> OfProjects { get; } =
        ["Ready", "NotReady", "Creating", "Initializing", "Updating", "Deleting", "Deleted", "Unknown"];

    /// <summary>Schema <c>NodepoolPhase</c>.</summary>
    public static IReadOnlyCollection<string> OfNodePools { get; } =
        ["Ready", "Empty", "Unschedulable", "Creating", "Updating", "Deleting", "Deleted"];

    /// <summary>Schema <c>Node</c>.</summary>
    public static IReadOnlyCollection<string> OfNodes { get; } = ["Ready", "NotReady", "Unknown"];

    /// <summary>Schema <c>ClusterState</c>.</summary>
    public static IReadOnlyCollection<string> OfClusters { get; } =
        ["Connected", "Disconnected", "WaitingToConnect", "MissingPrerequisites", "ServiceIssues", "Unknown"];
}
