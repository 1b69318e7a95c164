namespace RunAi.Runs;

/// <summary>What changes while a run goes on: a record's entry and the run that users hold say the same of it.</summary>
internal interface IRunProgress
{
    StepRunState State { get; set; }

    int Attempt { get; set; }

    string WorkloadName { get; set; }

    string? WorkloadId { get; set; }

    string Phase { get; set; }

    string? Image { get; set; }

    StepReplica[] Replicas { get; set; }

    DateTimeOffset? SubmittedAt { get; set; }

    DateTimeOffset? StartedAt { get; set; }

    DateTimeOffset? EndedAt { get; set; }

    int Preemptions { get; set; }

    int? ExitCode { get; set; }

    long? PeakMemory { get; set; }

    bool IsCached { get; set; }

    string[] Warnings { get; set; }
}
