using static RunAi.Steps.SettingRules;
using static RunAi.Steps.StepSettingKind;

namespace RunAi.Steps;

/// <summary>The table of all step settings: adding a setting is one row here and one property of <see cref="StepSettings"/>.</summary>
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
        new("ExtendedResource", "extended_resources", "compute.extendedResources", StepSettingKind.TextMap, GroupRules.ExtendedResources)
            { Form = WireForm.ResourcesAndQuantities },
        Items("Mount", "mounts", "storage", [.. MountSchemas.All]),
        Items("Toleration", "tolerations", "tolerations", GroupSchemas.Toleration),
        Items("NodeAffinity", "node_affinity", "nodeAffinityRequired", GroupSchemas.NodeAffinity) with { Form = WireForm.SelectorTerms },
        One("PodAffinity", "pod_affinity", "podAffinity", GroupSchemas.PodAffinity),
        One("SecurityContext", "security_context", "security", GroupSchemas.SecurityContext),
        Items("Port", "ports", "ports", GroupSchemas.Port),
        Items("ExposedUrl", "exposed_urls", "exposedUrls", GroupSchemas.ExposedUrl) with { OtherNames = ["external_urls"] },
        Items("RelatedUrl", "related_urls", "relatedUrls", GroupSchemas.RelatedUrl),
        One("ReadinessProbe", "readiness_probe", "probes.readiness", GroupSchemas.Probe),
        Items("ImagePullSecret", "image_pull_secrets", "imagePullSecrets", GroupSchemas.ImagePullSecret),
        new("CreateHomeDir", "create_home_dir", "createHomeDir", Flag, Any),
        new("Stdin", "stdin", "stdin", Flag, Any),
        new("Tty", "tty", "tty", Flag, Any),
        new("WorkloadTemplate", "workload_template", null, Text, NotEmpty),
        new("WorkloadTemplateId", "workload_template_id", null, Text, Uuid),
        new("WorkloadTimeout", "workload_timeout", null, Time, LongerThanZero),
        new("PendingTimeout", "pending_timeout", null, Time, LongerThanZero),
        new("RunTimeout", "run_timeout", null, Time, LongerThanZero),
        new("Deadline", "deadline", null, Time, LongerThanZero),
        new("MaxGpuHours", "max_gpu_hours", null, Number, GpuHours),
        new("StopWhenIdle", "stop_when_idle", null, Group, Any) { Groups = [GroupSchemas.IdleLimit] },
    ];

    /// <summary>The table, with the rules between the settings.</summary>
    public static readonly SettingSchema Table = new("a step", _ => new StepSettings(), Rows)
    {
        Relations = (settings, faulty) => StepSettingsRelations.Violations((StepSettings)settings, faulty),
        Inherits = (own, row) => StepSettingsRelations.Inherits((StepSettings)own, row),
    };

    /// <summary>The row of a setting by any of its names, in any case; null when there is none.</summary>
    public static StepSetting? Find(string name) => Table.Find(name);

    private static StepSetting Items(string name, string zenMLName, string wirePath, params SettingSchema[] kinds) =>
        new(name, zenMLName, wirePath, GroupList, Any) { Groups = kinds };

    private static StepSetting One(string name, string zenMLName, string wirePath, SettingSchema schema) =>
        new(name, zenMLName, wirePath, Group, Any) { Groups = [schema] };
}
