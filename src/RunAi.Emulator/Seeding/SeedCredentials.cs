namespace RunAi.Emulator.Seeding;

/// <summary>The service account that may ask for tokens. A missing secret is made afresh at each start.</summary>
internal sealed record SeedCredentials
{
    public string ClientId { get; init; } = "emulator";

    public string? ClientSecret { get; init; }
}
