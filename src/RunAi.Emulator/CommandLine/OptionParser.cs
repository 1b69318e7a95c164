using System.Globalization;

namespace RunAi.Emulator.CommandLine;

/// <summary>Reads the command line; anything unknown or malformed is refused with what is known.</summary>
internal static class OptionParser
{
    public const string Usage = """
        RunAi.Emulator: a local Run:ai control plane on 127.0.0.1

          --port N                     TCP port, 0 (default) takes a free one
          --executor process|container|simulate
                                       run commands as child processes (default) or in containers, or phases by a timetable
          --engine URI                 Docker-compatible engine of the container executor (default: $DOCKER_HOST)
          --seed FILE                  JSON file with projects, quota, nodes, policies, credentials
          --state FILE                 keep workloads and policies in FILE and restore them after a restart
          --parent PID                 end when this process or standard input ends, and not on Ctrl+C
          --help                       this text

        When ready it prints one line of JSON: {"uri","clientId","clientSecret","project"}.
        """;

    /// <exception cref="OptionException">An option is unknown or has a value that does not fit.</exception>
    public static EmulatorOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new EmulatorOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, inline) = Split(arguments[i]);
            string Value() => inline ?? (++i < arguments.Count
                ? arguments[i]
                : throw new OptionException($"{name} needs a value."));

            options = name switch
            {
                "--help" or "-h" => options with { Help = true },
                "--port" => options with { Port = Number(name, Value(), 0, 65535) },
                "--executor" => options with { Executor = Executor(Value()) },
                "--engine" => options with { Engine = Value() },
                "--seed" => options with { SeedPath = Value() },
                "--state" => options with { StatePath = Value() },
                "--parent" => options with { ParentProcessId = Number(name, Value(), 1, int.MaxValue) },
                _ => throw new OptionException(
                    $"Unknown option '{name}'. Known: --port, --executor, --engine, --seed, --state, --parent, --help."),
            };
        }

        return options;
    }

    private static (string Name, string? Inline) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return argument.StartsWith("--", StringComparison.Ordinal) && equals > 0
            ? (argument[..equals], argument[(equals + 1)..])
            : (argument, null);
    }

    private static int Number(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max
            ? number
            : throw new OptionException($"{name}: '{value}' is not a whole number from {min} to {max}.");

    private static ExecutorKind Executor(string value) => value switch
    {
        "process" => ExecutorKind.Process,
        "container" => ExecutorKind.Container,
        "simulate" => ExecutorKind.Simulate,
        _ => throw new OptionException($"--executor: '{value}' is unknown. Known: process, container, simulate."),
    };
}
