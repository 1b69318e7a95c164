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

    /// <summary>A volume of this name cannot be mounted: the workload stays in Initializing. With both executors.</summary>
    public string? MountFails { get; init; }

    /// <summary>Each pod ends as killed for lack of memory (exit code 137), whatever its own exit code. With both executors.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>The node under the workload's first pods is lost after they ran this long. With both executors.</summary>
    public double? NodeLostAfterSeconds { get; init; }

    /// <summary>What the metrics say that its pods use. With both executors.</summary>
    public SeedUsage? Usage { get; init; }
}
