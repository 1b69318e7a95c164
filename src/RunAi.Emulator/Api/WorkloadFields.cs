using RunAi.Emulator.Api.Listing;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Api;

/// <summary>The fields by which GET /workloads filters and sorts (its filterBy pattern and sortBy enum).</summary>
internal static class WorkloadFields
{
    public static IReadOnlyDictionary<string, ListField<Workload>> For(Organisation organisation, DateTimeOffset now)
    {
        Project ProjectOf(Workload workload) => organisation.ProjectById(workload.ProjectId)!;
        return new Dictionary<string, ListField<Workload>>
        {
            ["type"] = ListField<Workload>.Text(w => w.Kind.ToString()),
            ["name"] = ListField<Workload>.Text(w => w.Name),
            ["clusterId"] = ListField<Workload>.Text(w => ProjectOf(w).Cluster.Uuid.ToString()),
            ["projectId"] = ListField<Workload>.Text(w => w.ProjectId),
            ["projectName"] = ListField<Workload>.Text(w => ProjectOf(w).Name),
            ["departmentId"] = ListField<Workload>.Text(w => ProjectOf(w).Department.Id.ToString()),
            ["departmentName"] = ListField<Workload>.Text(w => ProjectOf(w).Department.Name),
            ["createdAt"] = ListField<Workload>.Time(w => w.CreatedAt),
            ["deletedAt"] = ListField<Workload>.Time(w => w.DeletedAt),
            ["submittedBy"] = ListField<Workload>.Text(w => w.CreatedBy),
            ["phase"] = ListField<Workload>.Text(w => w.Phase.ToString()),
            ["completedAt"] = ListField<Workload>.Time(w => w.CompletedAt),
            ["nodepool"] = ListField<Workload>.Texts(WorkloadRows.CurrentPools),
            ["distributedFramework"] = ListField<Workload>.Text(w => w.Framework),
            ["allocatedGPU"] = ListField<Workload>.Number(w => WorkloadRows.AllocatedGpu(w)),
            ["idleGpus"] = ListField<Workload>.Number(_ => null),
            ["idleAllocatedGpus"] = ListField<Workload>.Number(_ => null),
            ["phaseUpdatedAt"] = ListField<Workload>.Time(w => w.PhaseUpdatedAt),
            ["category"] = ListField<Workload>.Text(w => SpecView.Of(w).Category),
            ["totalPendingTimeSeconds"] = ListField<Workload>.Number(w => WorkloadRows.PendingSeconds(w, now)),
            ["totalRunningTimeSeconds"] = ListField<Workload>.Number(w => WorkloadRows.RunningSeconds(w, now)),
            ["priority"] = ListField<Workload>.Number(w => w.Priority),
            ["priorityClassName"] = ListField<Workload>.Text(w => w.PriorityClass),
            ["guaranteedRuntimeEndsAt"] = ListField<Workload>.Time(w => w.GuaranteedRuntimeEndsAt),
            ["aiApplicationId"] = ListField<Workload>.Absent,
            ["aiApplicationName"] = ListField<Workload>.Absent,
        };
    }
}
