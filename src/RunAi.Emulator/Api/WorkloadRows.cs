using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>Turns workloads into rows of the API, as they are at one moment. Used under the gate.</summary>
internal sealed class WorkloadRows(Organisation organisation, DateTimeOffset now)
{
    public WorkloadRow Of(Workload workload, bool detailed = false)
    {
        var project = organisation.ProjectById(workload.ProjectId)!;
        var queue = workload.Queue;
        var refusals = queue?.Refusals ?? [];
        var message = queue is { Reason.Length: > 0 } ? queue.Reason : workload.PhaseMessage;
        var spec = SpecView.Of(workload);
        return new WorkloadRow
        {
            TenantId = organisation.TenantId,
            Id = workload.Id,
            Name = workload.Name,
            Type = workload.Kind.ToString(),
            Phase = workload.Phase,
            PhaseMessage = message,
            PhaseReason = refusals.Count > 0 ? refusals[0].PhaseReason : null,
            PhaseUpdatedAt = workload.PhaseUpdatedAt,
            K8sPhase = workload.Phase.ToString(),
            K8sPhaseUpdatedAt = workload.PhaseUpdatedAt,
            CreatedAt = workload.CreatedAt,
            UpdatedAt = workload.UpdatedAt,
            CompletedAt = workload.CompletedAt,
            DeletedAt = workload.DeletedAt,
            Source = "Control-plane",
            Priority = workload.Priority,
            PriorityClassName = workload.PriorityClass,
            Preemptible = workload.Preemptible,
            SubmittedBy = workload.CreatedBy,
            ClusterId = project.Cluster.Uuid,
            ProjectId = project.Id,
            ProjectName = project.Name,
            DepartmentId = project.Department.Id.ToString(),
            DepartmentName = project.Department.Name,
            Namespace = project.Namespace,
            Category = spec.Category,
            Conditions = Conditions(workload, message),
            RunningPods = workload.Pods.Count(pod => pod.IsStarted),
            RequestedPods = spec.RequestedPods,
            WorkloadRequestedResources = spec.Requested,
            PodsRequestedResources = spec.RequestedByPod,
            AllocatedResources = Allocated(workload.LivePods.Select(pod => pod.Placement)),
            ActionsSupport = new(Delete: true, Suspend: true),
            RequestedNodePools = RequestedPools(workload, project),
            CurrentNodePools = CurrentPools(workload),
            Images = spec.Images,
            DistributedFramework = workload.Framework,
            Command = spec.Command,
            Arguments = spec.Arguments,
            EnvironmentVariables = spec.EnvironmentVariables,
            TotalPendingTimeSeconds = PendingSeconds(workload, now),
            TotalRunningTimeSeconds = RunningSeconds(workload, now),
            GuaranteedRuntimeEndsAt = workload.GuaranteedRuntimeEndsAt,
            PendingSchedulingMessages = detailed && queue is not null
                ? [.. refusals.Select(r => new SchedulingMessageRow(r.NodePool, r.PhaseReason, r.Reason, r.OrgType, r.UserMessage))]
                : null,
        };
    }

    public static IReadOnlyList<string> CurrentPools(Workload workload) =>
        workload.CurrentNodePool is { } pool ? [pool] : [];

    public static long PendingSeconds(Workload workload, DateTimeOffset now) =>
        Seconds(workload.PendingBefore, workload, Phase.Pending, now);

    public static long RunningSeconds(Workload workload, DateTimeOffset now) =>
        Seconds(workload.RunningBefore, workload, Phase.Running, now);

    public static decimal AllocatedGpu(Workload workload) => workload.LivePods.Sum(pod => pod.Placement.Gpu);

    public static IReadOnlyList<string> RequestedPools(Workload workload, Project project) =>
        workload.Request.NodePools is [] ? [.. project.DefaultNodePools.Select(pool => pool.Name)] : workload.Request.NodePools;

    public AllocatedResourcesRow? Allocated(IEnumerable<Placement> placements)
    {
        var held = placements.ToList();
        if (held is [])
        {
            return null;
        }

        var gpuMemory = held.Sum(placement =>
            placement.Gpu * organisation.PoolByName(placement.NodePool)!.Nodes.First(node => node.Name == placement.Node).DeviceMemory);
        return new AllocatedResourcesRow(
            held.Sum(placement => placement.Gpu),
            gpuMemory == 0 ? null : Quantity.Format(decimal.Round(gpuMemory)),
            held.Sum(placement => placement.Cpu),
            Quantity.Format(held.Sum(placement => placement.Memory)));
    }

    private static List<ConditionRow> Conditions(Workload workload, string message)
    {
        var at = workload.PhaseUpdatedAt;
        return workload.Phase switch
        {
            Phase.Pending when workload.Queue is { Reason.Length: > 0 } =>
                [new("PodScheduled", "False", "Unschedulable", message, at)],
            Phase.Initializing => [new("Ready", "False", "ContainersNotReady", message, at)],
            Phase.Running => [new("Ready", "True", "PodsReady", null, at)],
            Phase.Completed => [new("Complete", "True", null, message, at)],
            Phase.Failed => [new("Failed", "True", "BackoffLimitExceeded", message, at)],
            _ => [],
        };
    }

    private static long Seconds(TimeSpan before, Workload workload, Phase phase, DateTimeOffset now) =>
        (long)(before + (workload.Phase == phase ? now - workload.PhaseUpdatedAt : TimeSpan.Zero)).TotalSeconds;
}
