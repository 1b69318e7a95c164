using System.Collections;
using RunAi.Json;
using RunAi.Steps;

namespace RunAi;

/// <summary>
/// Resources and scheduling of a step. A property that nobody set is null and is left to the step operator's defaults, the
/// project's policy, a template, and last to the default its description names.
/// </summary>
public sealed class StepSettings : SettingGroup
{
    /// <summary>Creates settings of which none is set.</summary>
    public StepSettings()
        : base(StepSettingsSchema.Table)
    {
    }

    /// <summary>GPU devices for each pod, 0 or more (<c>compute.gpuDevicesRequest</c>); 0 is a step without a GPU. Default: 1.</summary>
    public int? GpuDevicesRequest { get => Get<int?>(); set => Set(value); }

    /// <summary>The share of each device, above 0 and at most 1 (<c>compute.gpuPortionRequest</c>). Default: 1.</summary>
    public double? GpuPortionRequest { get => Get<double?>(); set => Set(value); }

    /// <summary>
    /// What a share of a GPU is measured in: <c>portion</c>, or <c>memory</c> with one device (<c>compute.gpuRequestType</c>).
    /// Default: portion.
    /// </summary>
    public string? GpuRequestType { get => Get<string>(); set => Set(value); }

    /// <summary>
    /// GPU memory of each device, a Kubernetes quantity in bytes such as <c>8G</c>; with type memory only
    /// (<c>compute.gpuMemoryRequest</c>).
    /// </summary>
    public string? GpuMemoryRequest { get => Get<string>(); set => Set(value); }

    /// <summary>The most a pod may take of each device, at most 1 and not below the request (<c>compute.gpuPortionLimit</c>).</summary>
    public double? GpuPortionLimit { get => Get<double?>(); set => Set(value); }

    /// <summary>
    /// The most GPU memory a pod may take of each device, in bytes, not below the request (<c>compute.gpuMemoryLimit</c>).
    /// </summary>
    public string? GpuMemoryLimit { get => Get<string>(); set => Set(value); }

    /// <summary>CPU cores, above 0 (<c>compute.cpuCoreRequest</c>). Default: 1.</summary>
    public double? CpuCoreRequest { get => Get<double?>(); set => Set(value); }

    /// <summary>The most CPU cores, not below the request (<c>compute.cpuCoreLimit</c>).</summary>
    public double? CpuCoreLimit { get => Get<double?>(); set => Set(value); }

    /// <summary>Main memory, a Kubernetes quantity in bytes (<c>compute.cpuMemoryRequest</c>). Default: 4G.</summary>
    public string? CpuMemoryRequest { get => Get<string>(); set => Set(value); }

    /// <summary>The most main memory, in bytes, not below the request (<c>compute.cpuMemoryLimit</c>).</summary>
    public string? CpuMemoryLimit { get => Get<string>(); set => Set(value); }

    /// <summary>Names of node pools to try, in this order, each once (<c>nodePools</c>).</summary>
    public string[]? NodePools { get => Get<string[]>(); set => Set(value); }

    /// <summary>A node type the administrator has labelled nodes with (<c>nodeType</c>).</summary>
    public string? NodeType { get => Get<string>(); set => Set(value); }

    /// <summary><c>preemptible</c> or <c>non-preemptible</c> (<c>preemptibility</c>).</summary>
    public string? Preemptibility { get => Get<string>(); set => Set(value); }

    /// <summary>The name of a priority (<c>priorityClass</c>). It does not change the preemptibility.</summary>
    public string? PriorityClass { get => Get<string>(); set => Set(value); }

    /// <summary>True for a large <c>/dev/shm</c> (<c>compute.largeShmRequest</c>).</summary>
    public bool? LargeShmRequest { get => Get<bool?>(); set => Set(value); }

    /// <summary>Kubernetes labels by name (<c>labels</c>). The step's own are added to the operator's.</summary>
    public IDictionary? Label { get => Get<IDictionary>(); set => Set(value); }

    /// <summary>Kubernetes annotations by name (<c>annotations</c>). The step's own are added to the operator's.</summary>
    public IDictionary? Annotation { get => Get<IDictionary>(); set => Set(value); }

    /// <summary>
    /// How often the cluster starts a failed step again, 0 or more (<c>backoffLimit</c>). Default: 0; Run:ai's own would be 6.
    /// </summary>
    public int? BackoffLimit { get => Get<int?>(); set => Set(value); }

    /// <summary>How many pods run at once, at most <see cref="Completions"/> (<c>parallelism</c>).</summary>
    public int? Parallelism { get => Get<int?>(); set => Set(value); }

    /// <summary>How many pods must succeed (<c>completions</c>).</summary>
    public int? Completions { get => Get<int?>(); set => Set(value); }

    /// <summary>Seconds between the signals to end and to die, 0 or more (<c>terminationGracePeriodSeconds</c>).</summary>
    public long? TerminationGracePeriod { get => Get<long?>(); set => Set(value); }

    /// <summary>True to end a preempted step instead of queueing it again (<c>terminateAfterPreemption</c>).</summary>
    public bool? TerminateAfterPreemption { get => Get<bool?>(); set => Set(value); }

    /// <summary>The command's working directory in the container, an absolute path (<c>workingDir</c>).</summary>
    public string? WorkingDir { get => Get<string>(); set => Set(value); }

    /// <summary>
    /// Storage to mount (<c>storage</c>), of nine kinds. Paths are distinct across all of them (Kubernetes VolumeMounts); <c>hostPath</c>
    /// mounts share one propagation (<c>storage.hostPath.mountPropagation</c>).
    /// </summary>
    public Mount[]? Mount { get => Get<Mount[]>(); set => Set(value); }

    /// <summary>Taints of nodes that the step puts up with (<c>tolerations</c>).</summary>
    public Toleration[]? Toleration { get => Get<Toleration[]>(); set => Set(value); }

    /// <summary>What a node must be like to run the step (<c>nodeAffinityRequired</c>).</summary>
    public NodeAffinity[]? NodeAffinity { get => Get<NodeAffinity[]>(); set => Set(value); }

    /// <summary>Whether its pods run close to each other (<c>podAffinity</c>).</summary>
    public PodAffinity? PodAffinity { get => Get<PodAffinity>(); set => Set(value); }

    /// <summary>
    /// Resources of devices by name (<c>compute.extendedResources</c>), such as <c>rdma/hca</c>. Names have a domain and amounts are whole
    /// (Kubernetes, "Extended resources").
    /// </summary>
    public IDictionary? ExtendedResource { get => Get<IDictionary>(); set => Set(value); }

    /// <summary>User, groups and rights of the container (<c>security</c>).</summary>
    public SecurityContext? SecurityContext { get => Get<SecurityContext>(); set => Set(value); }

    /// <summary>Ports of the container that the cluster opens (<c>ports</c>); each once.</summary>
    public Port[]? Port { get => Get<Port[]>(); set => Set(value); }

    /// <summary>Ports of the container that get a URL (<c>exposedUrls</c>); each once.</summary>
    public ExposedUrl[]? ExposedUrl { get => Get<ExposedUrl[]>(); set => Set(value); }

    /// <summary>Pages that belong to the step, shown beside it (<c>relatedUrls</c>).</summary>
    public RelatedUrl[]? RelatedUrl { get => Get<RelatedUrl[]>(); set => Set(value); }

    /// <summary>When the container counts as ready (<c>probes.readiness</c>).</summary>
    public Probe? ReadinessProbe { get => Get<Probe>(); set => Set(value); }

    /// <summary>Secrets of the cluster to pull the image with (<c>imagePullSecrets</c>), beside the step operator's.</summary>
    public ImagePullSecret[]? ImagePullSecret { get => Get<ImagePullSecret[]>(); set => Set(value); }

    /// <summary>True for a home directory in the container (<c>createHomeDir</c>).</summary>
    public bool? CreateHomeDir { get => Get<bool?>(); set => Set(value); }

    /// <summary>True to keep standard input open (<c>stdin</c>).</summary>
    public bool? Stdin { get => Get<bool?>(); set => Set(value); }

    /// <summary>True for a terminal (<c>tty</c>), which needs <see cref="Stdin"/>.</summary>
    public bool? Tty { get => Get<bool?>(); set => Set(value); }

    /// <summary>
    /// The name or UUID of a workload template (<c>templateId</c>, looked up in <c>GET /api/v1/workload-templates</c>); not beside
    /// <see cref="WorkloadTemplateId"/>. With it, none of the defaults named here is sent.
    /// </summary>
    public string? WorkloadTemplate { get => Get<string>(); set => Set(value); }

    /// <summary>The UUID of a workload template (<c>templateId</c>). With it, none of the defaults named here is sent.</summary>
    public string? WorkloadTemplateId { get => Get<string>(); set => Set(value); }

    /// <summary><c>Always</c>, <c>Never</c> or <c>IfNotPresent</c> (<c>imagePullPolicy</c>).</summary>
    public string? ImagePullPolicy { get => Get<string>(); set => Set(value); }

    /// <summary>
    /// Seconds after its end until Run:ai deletes the workload, 0 or more (<c>autoDeletionTimeAfterCompletionSeconds</c>).
    /// </summary>
    public long? AutoDeletionTimeAfterCompletion { get => Get<long?>(); set => Set(value); }

    /// <summary>The workload's category, such as <c>Train</c> (<c>category</c>).</summary>
    public string? Category { get => Get<string>(); set => Set(value); }

    /// <summary><c>Always</c>, <c>Never</c> or <c>OnFailure</c> (<c>restartPolicy</c>).</summary>
    public string? RestartPolicy { get => Get<string>(); set => Set(value); }

    /// <summary>The longest time from creation to end, above zero; kept by whoever waits. Overrides the operator's.</summary>
    public TimeSpan? WorkloadTimeout { get => Get<TimeSpan?>(); set => Set(value); }

    /// <summary>The longest time from creation to running, above zero; kept by whoever waits. Overrides the operator's.</summary>
    public TimeSpan? PendingTimeout { get => Get<TimeSpan?>(); set => Set(value); }

    /// <summary>The longest running time, time in the queue left aside, above zero; kept by whoever waits.</summary>
    public TimeSpan? RunTimeout { get => Get<TimeSpan?>(); set => Set(value); }

    /// <summary>
    /// The longest time from the first attempt's submission to the end of the last, above zero. No retry begins after it.
    /// </summary>
    public TimeSpan? Deadline { get => Get<TimeSpan?>(); set => Set(value); }

    /// <summary>
    /// The most GPU hours that the run may use, all attempts together: GPUs held times hours of running; above 0, at most 1,000,000. Kept
    /// by whoever waits, and by the step runner as far as the share of GPUs is known from the request.
    /// </summary>
    public double? MaxGpuHours { get => Get<double?>(); set => Set(value); }

    /// <summary>When the run is stopped since its GPUs do nothing; kept by whoever waits, by the cluster's metrics.</summary>
    public IdleLimit? StopWhenIdle { get => Get<IdleLimit>(); set => Set(value); }

    /// <summary>True when a template is named, so that what is not set is left to it.</summary>
    internal bool HasTemplate => (WorkloadTemplate ?? WorkloadTemplateId) is not null;

    /// <summary>Reads settings from a hashtable whose keys are PowerShell or ZenML names, in any case.</summary>
    /// <param name="values">
    /// Plain values. Numbers may be text in invariant culture; times are seconds or <see cref="TimeSpan"/>; null means not set.
    /// </param>
    /// <returns>The settings.</returns>
    /// <exception cref="StepSettingsException">A key is not known or given twice, or values break rules; all are listed.</exception>
    public static StepSettings FromDictionary(IDictionary values) =>
        (StepSettings)SettingGroupReader.Read([StepSettingsSchema.Table], values);

    /// <summary>These settings, and under them the defaults for what is not set here.</summary>
    /// <param name="defaults">The step operator's defaults, or null.</param>
    /// <returns>
    /// New settings. Labels, annotations and extended resources are joined name by name; mounts path by path, ports and URLs port by port,
    /// and other lists item by item. A way of asking for a GPU replaces the defaults' other way: a portion theirs in memory, no GPU any
    /// share of one.
    /// </returns>
    public StepSettings MergedOver(StepSettings? defaults) => (StepSettings)SettingGroupMerge.Merge(this, defaults ?? new StepSettings());

    /// <summary>What is set, a line for each setting.</summary>
    /// <returns>For example <c>GpuPortionRequest: 0.5</c>.</returns>
    public override string ToString() =>
        string.Join("\n", Schema.Rows.Select(row => (row.Name, Value: this[row.Name])).Where(item => item.Value is not null)
            .Select(item => $"{item.Name}: {Text(item.Value)}"));

    private static string Text(object? value) => value switch
    {
        IDictionary table => string.Join(", ", table.Keys.Cast<object>().Select(key => $"{key}={Text(table[key])}")),
        IEnumerable list and not string => string.Join(", ", list.Cast<object?>().Select(Text)),
        _ => InvariantText.Of(value),
    };
}
