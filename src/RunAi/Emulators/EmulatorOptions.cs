namespace RunAi.Emulators;

/// <summary>How an emulator is started.</summary>
internal sealed class EmulatorOptions
{
    /// <summary>The environment variable in which the .NET host tells its child processes where it is.</summary>
    public const string DotnetHostVariable = "DOTNET_HOST_PATH";

    /// <summary>The .NET host that runs the emulator; null for the one on the path.</summary>
    public string? DotnetHost { get; set; }

    /// <summary>The emulator's assembly.</summary>
    public string Assembly { get; set; } = "";

    /// <summary>The TCP port, 0 for a free one.</summary>
    public int Port { get; set; }

    /// <summary>How workloads are run: <c>process</c>, <c>container</c> or <c>simulate</c>.</summary>
    public string? Executor { get; set; }

    /// <summary>Where the container engine listens, or null for <c>DOCKER_HOST</c> or the system's usual place.</summary>
    public string? Engine { get; set; }

    /// <summary>The version of Run:ai to play, such as <c>2.25</c>; null for the emulator's own.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>The seed file, or null for the built-in seed.</summary>
    public string? Seed { get; set; }

    /// <summary>The file its state is kept in, or null to forget it.</summary>
    public string? State { get; set; }

    /// <summary>How long it may take until it is ready.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The command line, without any secret: the emulator makes its own and tells it on its standard output.</summary>
    public IReadOnlyList<string> ToArguments(int parentProcessId)
    {
        List<string> arguments = [Assembly, "--port", Invariant(Port), "--parent", Invariant(parentProcessId)];
        Add("--executor", Executor);
        Add("--engine", Engine);
        Add("--api-version", ApiVersion);
        Add("--seed", Seed);
        Add("--state", State);
        return arguments;

        void Add(string option, string? value)
        {
            if (value is not null)
            {
                arguments.Add(option);
                arguments.Add(value);
            }
        }
    }

    private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
