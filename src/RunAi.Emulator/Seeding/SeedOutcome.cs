namespace RunAi.Emulator.Seeding;

/// <summary>How matching workloads fare. Patterns take * and ?; all that are given must match.</summary>
internal sealed record SeedOutcome
{
    public string? Name { get; init; }

    public string? Image { get; init; }

    /// <summary>Matched against the command and the arguments, joined by a blank.</summary>
    public string? Command { get; init; }

    /// <summary>name=value, matched against each label of the workload.</summary>
    public string? Label { get; init; }

    /// <summary>Simulated run time; the timetable's when absent.</summary>
    public double? RunningSeconds { get; init; }

    /// <summary>Simulated exit code of each pod.</summary>
    public int ExitCode { get; init; }

    /// <summary>The first this many pods fail with the exit code, later ones succeed; absent means all.</summary>
    public int? FailingPods { get; init; }

    /// <summary>The image cannot be pulled: the workload stays in Initializing. With both executors.</summary>
    public bool ImagePullFails { get; init; }
}
