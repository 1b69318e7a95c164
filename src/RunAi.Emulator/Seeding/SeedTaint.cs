namespace RunAi.Emulator.Seeding;

/// <summary>A taint that keeps work away unless it is tolerated.</summary>
internal sealed record SeedTaint
{
    public required string Key { get; init; }

    public string? Value { get; init; }

    /// <summary>NoSchedule, PreferNoSchedule or NoExecute.</summary>
    public required string Effect { get; init; }
}
