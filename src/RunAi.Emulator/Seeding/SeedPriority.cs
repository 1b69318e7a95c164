namespace RunAi.Emulator.Seeding;

/// <summary>A priority class: a higher value goes first; without an explicit choice its work is preemptible or not.</summary>
internal sealed record SeedPriority
{
    public required string Name { get; init; }

    public required int Value { get; init; }

    public bool Preemptible { get; init; } = true;
}
