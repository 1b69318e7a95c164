using System.Collections;
using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Steps;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Makes step settings: resources and scheduling of a step.</para>
/// <para type="description">
/// Only what is given here is set; what nobody sets (step, operator) takes the default named at each parameter, unless a template
/// is named or the project's policy decides the field. All violations are reported at once.
/// </para>
/// </summary>
/// <example>
/// <para>Ask for half a GPU</para>
/// <code test="emulator">New-RunAiStepSettings -GpuDevicesRequest 1 -GpuPortionRequest 0.5 -CpuCoreRequest 2 -CpuMemoryRequest 4G</code>
/// <para>Settings come back that ask for half of one GPU, two CPU cores and 4 GB of memory.</para>
/// </example>
/// <example>
/// <para>Ask for GPU memory</para>
/// <code test="emulator">New-RunAiStepSettings -GpuRequestType memory -GpuMemoryRequest 20Gi</code>
/// <para>Settings come back that ask for the share of a GPU that has 20 GiB.</para>
/// </example>
/// <example>
/// <para>Name the node pools to try</para>
/// <code test="emulator">New-RunAiStepSettings -GpuDevicesRequest 2 -NodePools a100, default</code>
/// <para>Settings come back that ask for two GPUs, in the pool a100 or else in the pool default.</para>
/// </example>
/// <example>
/// <para>Run on CPUs alone</para>
/// <code test="emulator">New-RunAiStepSettings -GpuDevicesRequest 0 -CpuCoreRequest 8 -CpuMemoryRequest 32G</code>
/// <para>Settings come back that ask for no GPU.</para>
/// </example>
/// <example>
/// <para>Mount storage, tolerate a taint and open a port</para>
/// <code test="emulator">New-RunAiStepSettings -Mount (New-RunAiMount -Pvc data /data), @{ Secret = 'hub'; Path = '/etc/hub' } -Toleration nvidia.com/gpu -Port 6006</code>
/// <para>Settings come back. Objects and hashtables can be mixed.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RunAiStepSettings")]
[OutputType(typeof(StepSettings))]
public sealed class NewStepSettingsCommand : RunAiCommand
{
    /// <summary><para type="description">How many GPU devices; 0 asks for a CPU-only step. 1 unless given.</para></summary>
    [Parameter]
    [Alias("gpu_devices_request")]
    [InvariantNumber(Whole = true)]
    public int? GpuDevicesRequest { get; set; }

    /// <summary><para type="description">The portion of each device, above 0 and at most 1. 1.0 unless given.</para></summary>
    [Parameter]
    [Alias("gpu_portion_request")]
    [InvariantNumber]
    public double? GpuPortionRequest { get; set; }

    /// <summary>
    /// <para type="description">How the share of a device is given: portion or memory, which goes with one device; portion unless
    /// given.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(StepSettingCompleter))]
    [Alias("gpu_request_type")]
    public string? GpuRequestType { get; set; }

    /// <summary>
    /// <para type="description">The GPU memory of the device, a Kubernetes quantity such as 10G; with -GpuRequestType memory, and one
    /// device.</para>
    /// </summary>
    [Parameter]
    [Alias("gpu_memory_request")]
    public string? GpuMemoryRequest { get; set; }

    /// <summary><para type="description">The portion of each device it may burst to; not below the request.</para></summary>
    [Parameter]
    [Alias("gpu_portion_limit")]
    [InvariantNumber]
    public double? GpuPortionLimit { get; set; }

    /// <summary><para type="description">The GPU memory it may burst to; not below the request.</para></summary>
    [Parameter]
    [Alias("gpu_memory_limit")]
    public string? GpuMemoryLimit { get; set; }

    /// <summary><para type="description">CPU cores, above 0. 1.0 unless given.</para></summary>
    [Parameter]
    [Alias("cpu_core_request")]
    [InvariantNumber]
    public double? CpuCoreRequest { get; set; }

    /// <summary><para type="description">The most CPU cores it may use; not below the request.</para></summary>
    [Parameter]
    [Alias("cpu_core_limit")]
    [InvariantNumber]
    public double? CpuCoreLimit { get; set; }

    /// <summary><para type="description">Memory, a Kubernetes quantity such as 4G or 512Mi. 4G unless given.</para></summary>
    [Parameter]
    [Alias("cpu_memory_request")]
    public string? CpuMemoryRequest { get; set; }

    /// <summary><para type="description">The most memory it may use; not below the request.</para></summary>
    [Parameter]
    [Alias("cpu_memory_limit")]
    public string? CpuMemoryLimit { get; set; }

    /// <summary><para type="description">Mounts a large /dev/shm.</para></summary>
    [Parameter]
    [Alias("large_shm_request")]
    public SwitchParameter LargeShmRequest { get; set; }

    /// <summary><para type="description">The node pools to try, in this order; the project's unless given.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(NodePoolNameCompleter))]
    [Alias("node_pools")]
    public string[]? NodePools { get; set; }

    /// <summary><para type="description">The type of node to run on.</para></summary>
    [Parameter]
    [Alias("node_type")]
    public string? NodeType { get; set; }

    /// <summary>
    /// <para type="description">Whether the workload may lose its place to others: preemptible or non-preemptible; the project's unless
    /// given.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(StepSettingCompleter))]
    public string? Preemptibility { get; set; }

    /// <summary>
    /// <para type="description">The priority class of the control plane, for example low, medium or high; the project's unless
    /// given.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(PriorityNameCompleter))]
    [Alias("priority_class")]
    public string? PriorityClass { get; set; }

    /// <summary>
    /// <para type="description">The workload category of the control plane, for example Train; the project's unless given.</para>
    /// </summary>
    [Parameter]
    public string? Category { get; set; }

    /// <summary>
    /// <para type="description">How often a failed pod is tried again. 0 unless given; Run:ai itself would try 6 times.</para>
    /// </summary>
    [Parameter]
    [Alias("backoff_limit")]
    [InvariantNumber(Whole = true)]
    public int? BackoffLimit { get; set; }

    /// <summary><para type="description">The restart policy of the pods: Always, Never or OnFailure.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(StepSettingCompleter))]
    [Alias("restart_policy")]
    public string? RestartPolicy { get; set; }

    /// <summary><para type="description">How many pods may run at once; not above Completions.</para></summary>
    [Parameter]
    [InvariantNumber(Whole = true)]
    public int? Parallelism { get; set; }

    /// <summary><para type="description">How many pods must succeed.</para></summary>
    [Parameter]
    [InvariantNumber(Whole = true)]
    public int? Completions { get; set; }

    /// <summary><para type="description">Seconds between SIGTERM and SIGKILL.</para></summary>
    [Parameter]
    [Alias("termination_grace_period_seconds")]
    [InvariantNumber(Whole = true)]
    public int? TerminationGracePeriod { get; set; }

    /// <summary><para type="description">Ends the workload when it is preempted, instead of queueing it again.</para></summary>
    [Parameter]
    [Alias("terminate_after_preemption")]
    public SwitchParameter TerminateAfterPreemption { get; set; }

    /// <summary>
    /// <para type="description">Seconds after its end at which the workload is deleted; 30 days by Run:ai's default.</para>
    /// </summary>
    [Parameter]
    [Alias("auto_deletion_time_after_completion_seconds")]
    [InvariantNumber(Whole = true)]
    public int? AutoDeletionTimeAfterCompletion { get; set; }

    /// <summary>
    /// <para type="description">The working directory of the container, an absolute path; the image's unless given.</para>
    /// </summary>
    [Parameter]
    [Alias("working_dir")]
    public string? WorkingDir { get; set; }

    /// <summary><para type="description">When the image is pulled: Always, Never or IfNotPresent.</para></summary>
    [Parameter]
    [ArgumentCompleter(typeof(StepSettingCompleter))]
    [Alias("image_pull_policy")]
    public string? ImagePullPolicy { get; set; }

    /// <summary><para type="description">Labels of the pods.</para></summary>
    [Parameter]
    [Alias("labels")]
    public IDictionary? Label { get; set; }

    /// <summary><para type="description">Annotations of the pods.</para></summary>
    [Parameter]
    [Alias("annotations")]
    public IDictionary? Annotation { get; set; }

    /// <summary><para type="description">Resources of devices by name, such as @{ 'rdma/hca' = 1 }.</para></summary>
    [Parameter]
    [Alias("extended_resources")]
    public IDictionary? ExtendedResource { get; set; }

    /// <summary>
    /// <para type="description">Storage to mount: objects of New-RunAiMount, or hashtables such as @{ Pvc = 'data'; Path = '/data'
    /// }.</para>
    /// </summary>
    [Parameter]
    [Alias("mounts")]
    [GroupTransformation(typeof(MountInput))]
    public MountInput[]? Mount { get; set; }

    /// <summary>
    /// <para type="description">Taints of nodes to put up with: their keys, objects of New-RunAiToleration, or hashtables.</para>
    /// </summary>
    [Parameter]
    [Alias("tolerations")]
    [GroupTransformation(typeof(TolerationInput))]
    public TolerationInput[]? Toleration { get; set; }

    /// <summary>
    /// <para type="description">What labels of a node must be like: objects of New-RunAiNodeAffinity, or hashtables.</para>
    /// </summary>
    [Parameter]
    [Alias("node_affinity")]
    [GroupTransformation(typeof(NodeAffinityInput))]
    public NodeAffinityInput[]? NodeAffinity { get; set; }

    /// <summary>
    /// <para type="description">Whether pods run close to each other: an object of New-RunAiPodAffinity, or a hashtable.</para>
    /// </summary>
    [Parameter]
    [Alias("pod_affinity")]
    [GroupTransformation(typeof(PodAffinityInput))]
    public PodAffinityInput? PodAffinity { get; set; }

    /// <summary>
    /// <para type="description">User, groups and rights of the container: an object of New-RunAiSecurityContext, or a hashtable.</para>
    /// </summary>
    [Parameter]
    [Alias("security_context")]
    [GroupTransformation(typeof(SecurityContextInput))]
    public SecurityContextInput? SecurityContext { get; set; }

    /// <summary><para type="description">Ports that the cluster opens: numbers, objects of New-RunAiPort, or hashtables.</para></summary>
    [Parameter]
    [Alias("ports")]
    [GroupTransformation(typeof(PortInput))]
    public PortInput[]? Port { get; set; }

    /// <summary><para type="description">Ports that get a URL: numbers, objects of New-RunAiExposedUrl, or hashtables.</para></summary>
    [Parameter]
    [Alias("exposed_urls", "external_urls")]
    [GroupTransformation(typeof(ExposedUrlInput))]
    public ExposedUrlInput[]? ExposedUrl { get; set; }

    /// <summary><para type="description">Pages that belong to the step: objects of New-RunAiRelatedUrl, or hashtables.</para></summary>
    [Parameter]
    [Alias("related_urls")]
    [GroupTransformation(typeof(RelatedUrlInput))]
    public RelatedUrlInput[]? RelatedUrl { get; set; }

    /// <summary><para type="description">When the container is ready: a port, an object of New-RunAiProbe, or a hashtable.</para></summary>
    [Parameter]
    [Alias("readiness_probe")]
    [GroupTransformation(typeof(ProbeInput))]
    public ProbeInput? ReadinessProbe { get; set; }

    /// <summary>
    /// <para type="description">Secrets of the cluster to pull the image with, added to the step operator's: names, objects of
    /// New-RunAiImagePullSecret, or hashtables.</para>
    /// </summary>
    [Parameter]
    [Alias("image_pull_secrets")]
    [GroupTransformation(typeof(ImagePullSecretInput))]
    public ImagePullSecretInput[]? ImagePullSecret { get; set; }

    /// <summary><para type="description">Makes a home directory in the container.</para></summary>
    [Parameter]
    [Alias("create_home_dir")]
    public SwitchParameter CreateHomeDir { get; set; }

    /// <summary><para type="description">Keeps standard input open.</para></summary>
    [Parameter]
    public SwitchParameter Stdin { get; set; }

    /// <summary><para type="description">Gives the container a terminal; standard input is kept open too.</para></summary>
    [Parameter]
    public SwitchParameter Tty { get; set; }

    /// <summary>
    /// <para type="description">The name or UUID of a workload template; what neither you nor the operator set then comes from it.</para>
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(TemplateNameCompleter))]
    [Alias("workload_template")]
    public string? WorkloadTemplate { get; set; }

    /// <summary>
    /// <para type="description">The UUID of a workload template; what neither you nor the operator set then comes from it.</para>
    /// </summary>
    [Parameter]
    [Alias("workload_template_id")]
    public string? WorkloadTemplateId { get; set; }

    /// <summary>
    /// <para type="description">How long the workload may take from its creation to its end, in seconds, as text such as 90s, 24h or 1d12h,
    /// or as a TimeSpan; the step operator's unless given.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    [Alias("workload_timeout")]
    public TimeSpan? WorkloadTimeout { get; set; }

    /// <summary>
    /// <para type="description">How long the workload may take from its creation until it runs, in seconds, as text such as 90s, 24h or
    /// 1d12h, or as a TimeSpan; the step operator's unless given.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    [Alias("pending_timeout")]
    public TimeSpan? PendingTimeout { get; set; }

    /// <summary>
    /// <para type="description">How long the workload may run, time in the queue left aside, in seconds, as text such as 90s, 24h or 1d12h,
    /// or as a TimeSpan; the step operator's unless given.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    [Alias("run_timeout")]
    public TimeSpan? RunTimeout { get; set; }

    /// <summary>
    /// <para type="description">How long the step may take from its first submission to its end, all attempts together, in seconds, as text
    /// such as 90s, 24h or 1d12h, or as a TimeSpan; the step operator's unless given.</para>
    /// </summary>
    [Parameter]
    [Seconds]
    public TimeSpan? Deadline { get; set; }

    /// <summary>
    /// <para type="description">The most that the run may use, all attempts together, in GPU hours (GPUs held times hours of running), from
    /// above 0 to 1000000; no limit by default.</para>
    /// </summary>
    [Parameter]
    [Alias("max_gpu_hours")]
    [InvariantNumber]
    public double? MaxGpuHours { get; set; }

    /// <summary>
    /// <para type="description">Stops the run when the use of its GPUs stays below a percentage for so long while it runs, as the cluster
    /// measures it: @{ Below = 5; For = '00:30:00' }. Never by default, and never for want of metrics.</para>
    /// </summary>
    [Parameter]
    [Alias("stop_when_idle")]
    [GroupTransformation(typeof(IdleLimitInput))]
    public IdleLimitInput? StopWhenIdle { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        WriteObject(StepSettings.FromDictionary(BoundSettings.Of(MyInvocation, StepSettingsSchema.Table)));
    }
}
