namespace RunAi.Emulator.Seeding;

/// <summary>How long each phase lasts, in seconds; running applies to the simulate executor only.</summary>
internal sealed record SeedTimetable
{
    public double CreatingSeconds { get; init; } = 0.2;

    public double InitializingSeconds { get; init; } = 0.3;

    public double RunningSeconds { get; init; } = 2;

    public double StoppingSeconds { get; init; } = 0.2;

    public double ResumingSeconds { get; init; } = 0.2;

    public double DeletingSeconds { get; init; } = 0.2;

    /// <summary>Wait before the first retry of a failed pod; it doubles with each retry, up to 32 times.</summary>
    public double BackOffSeconds { get; init; } = 0.2;

    /// <summary>The first rule that matches decides how a workload ends.</summary>
    public IReadOnlyList<SeedOutcome> Outcomes { get; init; } = [];
}
