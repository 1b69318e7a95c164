using RunAi.ControlPlane.Wire;
using RunAi.Redaction;

namespace RunAi.Organisation;

/// <summary>
/// Makes the projects users see of what the API says: cores of its millicores, bytes of its MB, MiB and GB.
/// </summary>
internal static class ProjectMapper
{
    private const double Megabyte = 1e6;

    public static Project ToProject(this ProjectRecord record, string? stepOperator, string? clusterName)
    {
        var use = record.Status?.QuotaStatus;
        return new Project
        {
            ProjectId = record.Id,
            Name = record.Name,
            Description = CleanText.OrNull(record.Description),
            ClusterId = record.ClusterId,
            ClusterName = clusterName,
            DepartmentId = record.ParentId,
            DepartmentName = record.Parent?.Name,
            Namespace = record.Status?.Namespace,
            Status = record.Status?.Phase ?? "",
            StatusMessage = CleanText.OrNull(record.Status?.PhaseMessage),
            GpuQuota = Sum(record, static projectResources => projectResources.Gpu?.Deserved),
            GpuAllocated = use?.Allocated?.Gpu,
            GpuAllocatedNonPreemptible = use?.AllocatedNonPreemptible?.Gpu,
            GpuRequested = use?.Requested?.Gpu,
            CpuQuota = Cores(Sum(record, static projectResources => projectResources.Cpu?.Deserved)),
            CpuAllocated = Cores(use?.Allocated?.Cpu),
            MemoryQuota = Bytes(
                Sum(record, static projectResources => Scaled(projectResources.Memory, projectResources.Memory?.Deserved)), 1),
            MemoryAllocated = Bytes(use?.Allocated?.Memory, Megabyte),
            NodePools = [.. record.Resources.Select(resource => ToQuota(resource, record.Status?.NodePoolQuotaStatuses ?? []))],
            DefaultNodePools = record.Effective?.DefaultNodePools is { Count: > 0 } inForce ? inForce : record.DefaultNodePools,
            TrainingTimeLimit = record.Effective?.SchedulingRules?.TrainingJobTimeLimitSeconds is { } seconds
                ? TimeSpan.FromSeconds(seconds)
                : null,
            CreatedAt = record.CreatedAt,
            StepOperator = stepOperator,
        };
    }

    private static ProjectQuota ToQuota(ProjectRecord.PoolQuota record, IReadOnlyList<ProjectRecord.PoolQuotaUse> uses)
    {
        var id = record.NodePool?.Id ?? "";
        var use = uses.FirstOrDefault(nodePoolQuotaStatus => nodePoolQuotaStatus.NodePoolId == id);
        return new ProjectQuota
        {
            NodePool = record.NodePool?.Name ?? use?.NodePoolName ?? id,
            NodePoolId = id,
            GpuQuota = record.Gpu?.Deserved,
            GpuLimit = record.Gpu?.Limit,
            GpuOverQuotaWeight = record.Gpu?.OverQuotaWeight,
            GpuAllocated = use?.Allocated?.Gpu,
            GpuAllocatedNonPreemptible = use?.AllocatedNonPreemptible?.Gpu,
            GpuRequested = use?.Requested?.Gpu,
            CpuQuota = Cores(record.Cpu?.Deserved),
            CpuLimit = Cores(record.Cpu?.Limit),
            CpuAllocated = Cores(use?.Allocated?.Cpu),
            MemoryQuota = Bytes(Scaled(record.Memory, record.Memory?.Deserved), 1),
            MemoryLimit = Bytes(Scaled(record.Memory, record.Memory?.Limit), 1),
            MemoryAllocated = Bytes(use?.Allocated?.Memory, Megabyte),
            Priority = record.Priority,
        };
    }

    /// <summary>The sum over all node pools, null when none of them says anything.</summary>
    private static double? Sum(ProjectRecord record, Func<ProjectRecord.PoolQuota, double?> what) =>
        record.Resources.Select(what).OfType<double>().ToList() is { Count: > 0 } told ? told.Sum() : null;

    private static double? Cores(double? millicores) => millicores / 1000;

    private static long? Bytes(double? amount, double unit) => amount is { } known ? (long)Math.Round(known * unit) : null;

    /// <summary>An amount of memory in bytes.</summary>
    private static double? Scaled(ProjectRecord.MemoryQuota? memory, double? amount) => amount * (memory?.Units switch
    {
        "Mib" => 1024 * 1024,
        "GB" => 1e9,
        _ => Megabyte,
    });
}
