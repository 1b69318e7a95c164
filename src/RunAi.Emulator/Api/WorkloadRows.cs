using System.Text.Json.Nodes;
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
        var request = workload.Request;
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
            Category = Category(workload),
            Conditions = Conditions(workload, message),
            RunningPods = workload.Pods.Count(pod => pod.IsStarted),
            RequestedPods = new(
                request.Parts.Sum(part => part.Slots), Int(workload.Spec["minReplicas"]), Int(workload.Spec["maxReplicas"]),
                Int(workload.Spec["parallelism"]), Int(workload.Spec["completions"])),
            WorkloadRequestedResources = Requested(Parts(workload)),
            PodsRequestedResources = Requested([new(workload.Spec, request, 1)]),
            AllocatedResources = Allocated(workload.LivePods.Select(pod => pod.Placement)),
            ActionsSupport = new(Delete: true, Suspend: true),
            RequestedNodePools = RequestedPools(workload, project),
            CurrentNodePools = CurrentPools(workload),
            Images = [.. Parts(workload).Select(part => (string?)part.Spec["image"] ?? "").Distinct()],
            DistributedFramework = workload.Framework,
            Command = (string?)workload.Spec["command"],
            Arguments = (string?)workload.Spec["args"],
            EnvironmentVariables = Environment(workload.Spec),
            TotalPendingTimeSeconds = PendingSeconds(workload, now),
            TotalRunningTimeSeconds = RunningSeconds(workload, now),
            GuaranteedRuntimeEndsAt = workload.GuaranteedRuntimeEndsAt,
            PendingSchedulingMessages = detailed && queue is not null
                ? [.. refusals.Select(r => new SchedulingMessageRow(r.NodePool, r.PhaseReason, r.Reason, r.OrgType, r.UserMessage))]
                : null,
        };
    }

    public static string Category(Workload workload) => (string?)workload.Spec["category"] ?? "Train";

    public static IReadOnlyList<string> CurrentPools(Workload workload) =>
        workload.CurrentNodePool is { } pool ? [pool] : [];

    public static long PendingSeconds(Workload workload, DateTimeOffset now) =>
        Seconds(workload.PendingBefore, workload, Phase.Pending, now);

    public static long RunningSeconds(Workload workload, DateTimeOffset now) =>
        Seconds(workload.RunningBefore, workload, Phase.Running, now);

    public static decimal AllocatedGpu(Workload workload) => workload.LivePods.Sum(pod => pod.Placement.Gpu);

    public static IReadOnlyList<string> RequestedPools(Workload workload, Project project) =>
        workload.Request.NodePools is [] ? [.. project.DefaultNodePools.Select(pool => pool.Name)] : workload.Request.NodePools;

    /// <summary>What one pod asks for.</summary>
    public static RequestedResourcesRow RequestedBy(Workload workload, Pod pod) =>
        Requested([Parts(workload).First(part => part.Spec == workload.SpecOf(pod)) with { Pods = 1 }]);

    private static RequestedResourcesRow Requested(IReadOnlyList<PodGroup> groups)
    {
        var (byPortion, byMemory) = (
            groups.Where(group => group.Request is { Devices: > 0, DeviceMemory: null }).ToList(),
            groups.Where(group => group.Request is { Devices: > 0, DeviceMemory: not null }).ToList());
        return new RequestedResourcesRow
        {
            GpuRequestType = byMemory is not [] ? "memory" : byPortion is not [] ? "portion" : null,
            Gpu = byPortion is [] ? null : new(
                byPortion.Sum(group => group.Gpus * group.Request.Portion),
                Sum(byPortion, group => group.Gpus * Number(group.Compute?["gpuPortionLimit"]))),
            GpuMemory = byMemory is [] ? null : new(
                Quantity.Format(byMemory.Sum(group => group.Gpus * group.Request.DeviceMemory!.Value)),
                Format(Sum(byMemory, group => group.Gpus * Bytes(group.Compute?["gpuMemoryLimit"])))),
            Cpu = new(groups.Sum(group => group.Pods * group.Request.Cpu), Sum(groups, group => group.Pods * Number(group.Compute?["cpuCoreLimit"]))),
            CpuMemory = new(
                Quantity.Format(groups.Sum(group => group.Pods * group.Request.Memory)),
                Format(Sum(groups, group => group.Pods * Bytes(group.Compute?["cpuMemoryLimit"])))),
        };
    }

    /// <summary>The kinds of pods of a workload; a leader's first.</summary>
    private static IReadOnlyList<PodGroup> Parts(Workload workload)
    {
        var request = workload.Request;
        PodGroup all = new(workload.Spec, request, request.Slots);
        return request.Leader is { } leader ? [new(workload.MasterSpec ?? workload.Spec, leader, 1), all] : [all];
    }

    /// <summary>A sum that is known only when every part is.</summary>
    private static decimal? Sum(IReadOnlyList<PodGroup> groups, Func<PodGroup, decimal?> amount) =>
        groups.Any(group => amount(group) is null) ? null : groups.Sum(amount);

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

    private static Dictionary<string, string>? Environment(JsonObject spec)
    {
        if (spec["environmentVariables"] is not JsonArray { Count: > 0 } variables)
        {
            return null;
        }

        var plain = new Dictionary<string, string>();
        foreach (var variable in variables.OfType<JsonObject>())
        {
            if ((string?)variable["value"] is { } value)
            {
                plain[(string)variable["name"]!] = value;
            }
        }

        return plain;
    }

    private static long Seconds(TimeSpan before, Workload workload, Phase phase, DateTimeOffset now) =>
        (long)(before + (workload.Phase == phase ? now - workload.PhaseUpdatedAt : TimeSpan.Zero)).TotalSeconds;

    private static int? Int(JsonNode? node) => node is null ? null : (int)node.GetValue<double>();

    private static decimal? Number(JsonNode? node) => node is null ? null : Convert.ToDecimal(node.GetValue<double>());

    private static decimal? Bytes(JsonNode? node) => Quantity.TryParse((string?)node, out var bytes) ? bytes : null;

    private static string? Format(decimal? bytes) => bytes is { } known ? Quantity.Format(known) : null;

    /// <summary>Pods that ask for the same.</summary>
    private sealed record PodGroup(JsonObject Spec, ResourceRequest Request, int Pods)
    {
        public JsonNode? Compute => Spec["compute"];

        public int Gpus => Pods * Request.Devices;
    }
}
