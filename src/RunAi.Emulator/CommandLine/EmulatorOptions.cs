namespace RunAi.Emulator.CommandLine;

/// <summary>What the command line asked for.</summary>
internal sealed record EmulatorOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    public ExecutorKind Executor { get; init; } = ExecutorKind.Process;

    /// <summary>Where the container executor's engine listens; null for $DOCKER_HOST or the usual place.</summary>
    public string? Engine { get; init; }

    public string? SeedPath { get; init; }

    public string? StatePath { get; init; }

    /// <summary>The process with which the emulator ends.</summary>
    public int? ParentProcessId { get; init; }

    /// <summary>The version of Run:ai to play.</summary>
    public ApiVersion ApiVersion { get; init; } = ApiVersion.OfTheDocument;

    public bool Help { get; init; }
}
