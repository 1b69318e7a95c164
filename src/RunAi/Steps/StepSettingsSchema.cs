using static RunAi.Steps.SettingRules;
using static RunAi.Steps.StepSettingKind;

namespace RunAi.Steps;

/// <summary>
/// The table of all step settings. Reading, checking, storing, merging and sending go through it, so that adding a
/// setting is one row here and one property of <see cref="StepSettings"/>.
/// </summary>
internal static class StepSettingsSchema
{
    /// <summary>Every setting, in the order in which violations are told and fields are sent.</summary>
    public static readonly IReadOnlyList<StepSetting> Rows =
    [
        new("GpuDevicesRequest", "gpu_devices_request", "compute.gpuDevicesRequest", WholeNumber, AtLeast(0)) { Default = 1 },
        new("GpuRequestType", "gpu_request_type", "compute.gpuRequestType", Choice, Any)
            { Options = ["portion", "memory"], Default = "portion" },
        new("GpuPortionRequest", "gpu_portion_request", "compute.gpuPortionRequest", Number, Portion) { Default = 1.0 },
        new("GpuPortionLimit", "gpu_portion_limit", "compute.gpuPortionLimit", Number, PortionLimit),
        new("GpuMemoryRequest", "gpu_memory_request", "compute.gpuMemoryRequest", StepSettingKind.Quantity, Memory),
        new("GpuMemoryLimit", "gpu_memory_limit", "compute.gpuMemoryLimit", StepSettingKind.Quantity, Memory),
        new("CpuCoreRequest", "cpu_core_request", "compute.cpuCoreRequest", Number, Cores) { Default = 1.0 },
        new("CpuCoreLimit", "cpu_core_limit", "compute.cpuCoreLimit", Number, Cores),
        new("CpuMemoryRequest", "cpu_memory_request", "compute.cpuMemoryRequest", StepSettingKind.Quantity, Memory) { Default = "4G" },
        new("CpuMemoryLimit", "cpu_memory_limit", "compute.cpuMemoryLimit", StepSettingKind.Quantity, Memory),
        new("LargeShmRequest", "large_shm_request", "compute.largeShmRequest", Flag, Any),
        new("NodePools", "node_pools", "nodePools", TextList, Distinct),
        new("NodeType", "node_type", "nodeType", Text, NotEmpty),
        new("Preemptibility", "preemptibility", "preemptibility", Choice, Any) { Options = ["preemptible", "non-preemptible"] },
        new("PriorityClass", "priority_class", "priorityClass", Text, NotEmpty),
        new("Category", "category", "category", Text, NotEmpty),
        new("BackoffLimit", "backoff_limit", "backoffLimit", WholeNumber, AtLeast(0)) { Default = 0 },
        new("RestartPolicy", "restart_policy", "restartPolicy", Choice, Any) { Options = ["Always", "Never", "OnFailure"] },
        new("Parallelism", "parallelism", "parallelism", WholeNumber, AtLeast(1)),
        new("Completions", "completions", "completions", WholeNumber, AtLeast(1)),
        new("TerminationGracePeriod", "termination_grace_period_seconds", "terminationGracePeriodSeconds", Seconds, AtLeast(0)),
        new("TerminateAfterPreemption", "terminate_after_preemption", "terminateAfterPreemption", Flag, Any),
        new("AutoDeletionTimeAfterCompletion", "auto_deletion_time_after_completion_seconds",
            "autoDeletionTimeAfterCompletionSeconds", Seconds, AtLeast(0)),
        new("WorkingDir", "working_dir", "workingDir", Text, AbsolutePath),
        new("ImagePullPolicy", "image_pull_policy", "imagePullPolicy", Choice, Any) { Options = ["Always", "Never", "IfNotPresent"] },
        new("Label", "labels", "labels", StepSettingKind.TextMap, Labels),
        new("Annotation", "annotations", "annotations", StepSettingKind.TextMap, Annotations),
        new("WorkloadTemplateId", "workload_template_id", null, Text, Uuid),
        new("WorkloadTimeout", "workload_timeout", null, Time, LongerThanZero),
        new("PendingTimeout", "pending_timeout", null, Time, LongerThanZero),
        new("RunTimeout", "run_timeout", null, Time, LongerThanZero),
        new("Deadline", "deadline", null, Time, LongerThanZero),
    ];

    /// <summary>Settings that have a name already but cannot be given in this version.</summary>
    public static readonly IReadOnlyCollection<string> NotAvailable =
    [
        "Toleration", "tolerations", "ExtendedResource", "extended_resources", "Port", "ports", "ExposedUrl", "exposed_urls",
        "external_urls", "Mount", "mounts", "pvc_mounts", "config_map_mounts", "secret_mounts", "nfs_mounts", "s3_mounts",
        "host_path_mounts", "SecurityContext", "security_context", "NodeAffinity", "node_affinity", "PodAffinity", "pod_affinity",
    ];

    private static readonly Dictionary<string, StepSetting> ByName = Index();

    /// <summary>The row of a setting by either of its names, in any case; null when there is none.</summary>
    public static StepSetting? Find(string name) => ByName.TryGetValue(name, out StepSetting? row) ? row : null;

    private static Dictionary<string, StepSetting> Index()
    {
        var index = new Dictionary<string, StepSetting>(StringComparer.OrdinalIgnoreCase);
        foreach (StepSetting row in Rows)
        {
            index[row.Name] = row;
            index[row.ZenMLName] = row;
        }

        return index;
    }
}
