using System.Collections;

namespace RunAi.PowerShell.Binding;

/// <content>The keys of a hashtable with settings: the shell completes them by the properties of the parameter's type, and nothing else
/// reads them.</content>
public sealed partial class StepSettingsInput
{
    /// <inheritdoc cref="StepSettings.GpuDevicesRequest"/>
    public int? GpuDevicesRequest { get; set; }

    /// <inheritdoc cref="StepSettings.GpuPortionRequest"/>
    public double? GpuPortionRequest { get; set; }

    /// <inheritdoc cref="StepSettings.GpuRequestType"/>
    public string? GpuRequestType { get; set; }

    /// <inheritdoc cref="StepSettings.GpuMemoryRequest"/>
    public string? GpuMemoryRequest { get; set; }

    /// <inheritdoc cref="StepSettings.GpuPortionLimit"/>
    public double? GpuPortionLimit { get; set; }

    /// <inheritdoc cref="StepSettings.GpuMemoryLimit"/>
    public string? GpuMemoryLimit { get; set; }

    /// <inheritdoc cref="StepSettings.CpuCoreRequest"/>
    public double? CpuCoreRequest { get; set; }

    /// <inheritdoc cref="StepSettings.CpuCoreLimit"/>
    public double? CpuCoreLimit { get; set; }

    /// <inheritdoc cref="StepSettings.CpuMemoryRequest"/>
    public string? CpuMemoryRequest { get; set; }

    /// <inheritdoc cref="StepSettings.CpuMemoryLimit"/>
    public string? CpuMemoryLimit { get; set; }

    /// <inheritdoc cref="StepSettings.NodePools"/>
    public string[]? NodePools { get; set; }

    /// <inheritdoc cref="StepSettings.NodeType"/>
    public string? NodeType { get; set; }

    /// <inheritdoc cref="StepSettings.Preemptibility"/>
    public string? Preemptibility { get; set; }

    /// <inheritdoc cref="StepSettings.PriorityClass"/>
    public string? PriorityClass { get; set; }

    /// <inheritdoc cref="StepSettings.LargeShmRequest"/>
    public bool? LargeShmRequest { get; set; }

    /// <inheritdoc cref="StepSettings.Label"/>
    public IDictionary? Label { get; set; }

    /// <inheritdoc cref="StepSettings.Annotation"/>
    public IDictionary? Annotation { get; set; }

    /// <inheritdoc cref="StepSettings.BackoffLimit"/>
    public int? BackoffLimit { get; set; }

    /// <inheritdoc cref="StepSettings.Parallelism"/>
    public int? Parallelism { get; set; }

    /// <inheritdoc cref="StepSettings.Completions"/>
    public int? Completions { get; set; }

    /// <inheritdoc cref="StepSettings.TerminationGracePeriod"/>
    public long? TerminationGracePeriod { get; set; }

    /// <inheritdoc cref="StepSettings.TerminateAfterPreemption"/>
    public bool? TerminateAfterPreemption { get; set; }

    /// <inheritdoc cref="StepSettings.WorkingDir"/>
    public string? WorkingDir { get; set; }

    /// <inheritdoc cref="StepSettings.Mount"/>
    public MountInput[]? Mount { get; set; }

    /// <inheritdoc cref="StepSettings.Toleration"/>
    public TolerationInput[]? Toleration { get; set; }

    /// <inheritdoc cref="StepSettings.NodeAffinity"/>
    public NodeAffinityInput[]? NodeAffinity { get; set; }

    /// <inheritdoc cref="StepSettings.PodAffinity"/>
    public PodAffinityInput? PodAffinity { get; set; }

    /// <inheritdoc cref="StepSettings.ExtendedResource"/>
    public IDictionary? ExtendedResource { get; set; }

    /// <inheritdoc cref="StepSettings.SecurityContext"/>
    public SecurityContextInput? SecurityContext { get; set; }

    /// <inheritdoc cref="StepSettings.Port"/>
    public PortInput[]? Port { get; set; }

    /// <inheritdoc cref="StepSettings.ExposedUrl"/>
    public ExposedUrlInput[]? ExposedUrl { get; set; }

    /// <inheritdoc cref="StepSettings.RelatedUrl"/>
    public RelatedUrlInput[]? RelatedUrl { get; set; }

    /// <inheritdoc cref="StepSettings.ReadinessProbe"/>
    public ProbeInput? ReadinessProbe { get; set; }

    /// <inheritdoc cref="StepSettings.ImagePullSecret"/>
    public ImagePullSecretInput[]? ImagePullSecret { get; set; }

    /// <inheritdoc cref="StepSettings.CreateHomeDir"/>
    public bool? CreateHomeDir { get; set; }

    /// <inheritdoc cref="StepSettings.Stdin"/>
    public bool? Stdin { get; set; }

    /// <inheritdoc cref="StepSettings.Tty"/>
    public bool? Tty { get; set; }

    /// <inheritdoc cref="StepSettings.WorkloadTemplate"/>
    public string? WorkloadTemplate { get; set; }

    /// <inheritdoc cref="StepSettings.WorkloadTemplateId"/>
    public string? WorkloadTemplateId { get; set; }

    /// <inheritdoc cref="StepSettings.ImagePullPolicy"/>
    public string? ImagePullPolicy { get; set; }

    /// <inheritdoc cref="StepSettings.AutoDeletionTimeAfterCompletion"/>
    public long? AutoDeletionTimeAfterCompletion { get; set; }

    /// <inheritdoc cref="StepSettings.Category"/>
    public string? Category { get; set; }

    /// <inheritdoc cref="StepSettings.RestartPolicy"/>
    public string? RestartPolicy { get; set; }

    /// <inheritdoc cref="StepSettings.WorkloadTimeout"/>
    public TimeSpan? WorkloadTimeout { get; set; }

    /// <inheritdoc cref="StepSettings.PendingTimeout"/>
    public TimeSpan? PendingTimeout { get; set; }

    /// <inheritdoc cref="StepSettings.RunTimeout"/>
    public TimeSpan? RunTimeout { get; set; }

    /// <inheritdoc cref="StepSettings.Deadline"/>
    public TimeSpan? Deadline { get; set; }

    /// <inheritdoc cref="StepSettings.MaxGpuHours"/>
    public double? MaxGpuHours { get; set; }

    /// <inheritdoc cref="StepSettings.StopWhenIdle"/>
    public IdleLimitInput? StopWhenIdle { get; set; }
}
