namespace RunAi.Workloads;

/// <summary>
/// Where a workload is seen in the control plane's user interface: its table of workloads, searched for the name. The
/// interface documents no address of a single workload; one that ignores the query shows the whole table.
/// </summary>
internal static class WorkloadUrl
{
    public static string Of(string baseUrl, string workloadName) =>
        $"{baseUrl}/workloads?search={Uri.EscapeDataString(workloadName)}";
}
