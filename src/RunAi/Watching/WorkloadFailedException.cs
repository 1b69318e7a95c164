namespace RunAi;

/// <summary>A workload came to an end that is no success: it failed, or somebody stopped or deleted it.</summary>
public class WorkloadFailedException : RunAiException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="errorId">
    /// <see cref="ErrorIds.WorkloadFailed"/>, <see cref="ErrorIds.WorkloadStopped"/> or <see cref="ErrorIds.WorkloadDeleted"/>.
    /// </param>
    /// <param name="message">What happened to which workload, where it is seen and what to do next.</param>
    /// <param name="workload">The workload as it was last seen.</param>
    /// <param name="inner">What caused it; null for what the workload's end alone tells.</param>
    public WorkloadFailedException(string errorId, string message, Workload workload, Exception? inner = null)
        : base(errorId, message, inner)
    {
        Workload = workload;
        Target = workload.Name;
    }

    /// <summary>The workload as it was last seen.</summary>
    public Workload Workload { get; }

    /// <summary>The phase it ended in.</summary>
    public string Phase => Workload.Phase;

    /// <summary>The exit code of its command, when the control plane's words tell it; the API has no field for it.</summary>
    public int? ExitCode { get; set; }

    /// <summary>The last events of the workload, oldest first, one line each.</summary>
    public IReadOnlyList<string> Events { get; set; } = [];

    /// <summary>The last lines of its log, where a log is kept.</summary>
    public IReadOnlyList<string> LastLogLines { get; set; } = [];

    /// <summary>Why it ended so, with evidence and remedy; null when that could not be found out.</summary>
    public WorkloadDiagnosis? Diagnosis { get; set; }
}
