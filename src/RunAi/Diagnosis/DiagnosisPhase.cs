namespace RunAi.Diagnosis;

/// <summary>How far a workload is, as far as its diagnosis goes.</summary>
internal enum DiagnosisPhase
{
    /// <summary>Its command does not run yet, or not again.</summary>
    Waiting,

    Running,
    Failed,
    Completed,
    Stopped,

    /// <summary>Being deleted, deleted, or in a phase that is not known.</summary>
    Other,
}
