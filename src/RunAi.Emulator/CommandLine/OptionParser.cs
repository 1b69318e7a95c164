using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;

namespace RunAi.Emulator.CommandLine;

/// <summary>Reads the command line; anything unknown or malformed is refused with what is known.</summary>
internal static class OptionParser
{
    private static readonly Option<int> Port = Number("--port", "TCP port, 0 (default) takes a free one", 0, 65535);

    private static readonly Option<ExecutorKind> Executor = NeedingValue(new Option<ExecutorKind>("--executor")
    {
        Description = "Run commands as child processes (default) or in containers, or phases by a timetable",
        HelpName = string.Join('|', ExecutorNames),
        CustomParser = ReadExecutor,
    });

    private static readonly Option<string> Engine =
        Text("--engine", "URI", "Docker-compatible engine of the container executor (default: $DOCKER_HOST)");

    private static readonly Option<string> Seed =
        Text("--seed", "FILE", "JSON file with projects, quota, nodes, policies, credentials");

    private static readonly Option<string> State =
        Text("--state", "FILE", "Keep workloads and policies in FILE and restore them after a restart");

    private static readonly Option<int> Parent =
        Number("--parent", "End when this process or standard input ends, and not on Ctrl+C", 1, int.MaxValue);

    private static readonly Option<ApiVersion> Version = NeedingValue(new Option<ApiVersion>("--api-version")
    {
        Description = "The version of Run:ai to play: 2.20 to 2.26, or 3.0 (default 2.24)",
        HelpName = "N.N",
        CustomParser = ReadVersion,
    });

    private static readonly HelpOption Help = new("--help", "-h");

    private static readonly Command Command = new(
        "RunAi.Emulator",
        """
        A local Run:ai control plane on 127.0.0.1.
        When ready it prints one line of JSON: {"uri","clientId","clientSecret","project"}.
        """)
    {
        Port, Executor, Engine, Seed, State, Parent, Version, Help,
    };

    private static readonly ParserConfiguration Configuration = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    private static string[] ExecutorNames => ["process", "container", "simulate"];

    /// <exception cref="OptionException">An option is unknown or has a value that does not fit.</exception>
    public static EmulatorOptions Parse(IReadOnlyList<string> arguments)
    {
        var result = Command.Parse(arguments, Configuration);
        if (result.GetResult(Help) is { Implicit: false })
        {
            return new EmulatorOptions { Help = true };
        }

        if (result.UnmatchedTokens is [var unknown, ..])
        {
            throw new OptionException(
                $"Unknown option '{unknown}'. Known: {string.Join(", ", Command.Options.Select(option => option.Name))}.");
        }

        if (result.Errors is [var error, ..])
        {
            throw new OptionException(error.Message);
        }

        return new EmulatorOptions
        {
            Port = result.GetValue(Port),
            Executor = result.GetValue(Executor),
            Engine = result.GetValue(Engine),
            SeedPath = result.GetValue(Seed),
            StatePath = result.GetValue(State),
            ApiVersion = result.GetValue(Version) ?? ApiVersion.OfTheDocument,
            ParentProcessId = result.GetResult(Parent) is null ? null : result.GetValue(Parent),
        };
    }

    /// <summary>Writes what the options mean.</summary>
    public static void WriteHelp(TextWriter output) =>
        Command.Parse([Help.Name], Configuration).Invoke(new InvocationConfiguration { Output = output });

    private static Option<string> Text(string name, string value, string description) =>
        NeedingValue(new Option<string>(name) { Description = description, HelpName = value });

    private static Option<int> Number(string name, string description, int min, int max) => NeedingValue(new Option<int>(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var value = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            {
                return number;
            }

            result.AddError($"{name}: '{value}' is not a whole number from {min} to {max}.");
            return 0;
        },
    });

    private static ExecutorKind ReadExecutor(ArgumentResult result)
    {
        var value = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        var index = Array.IndexOf(ExecutorNames, value);
        if (index < 0)
        {
            result.AddError($"--executor: '{value}' is unknown. Known: {string.Join(", ", ExecutorNames)}.");
        }

        return (ExecutorKind)Math.Max(index, 0);
    }

    private static ApiVersion? ReadVersion(ArgumentResult result)
    {
        var value = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (ApiVersion.Parse(value) is { } version)
        {
            return version;
        }

        result.AddError($"--api-version: '{value}' is none of 2.20 to 2.26 and 3.0.");
        return null;
    }

    /// <summary>The option, which says in our words that its value is missing.</summary>
    private static Option<T> NeedingValue<T>(Option<T> option)
    {
        option.Arity = ArgumentArity.ZeroOrOne;
        option.Validators.Add(result =>
        {
            if (result is { Implicit: false, Tokens.Count: 0 })
            {
                result.AddError($"{option.Name} needs a value.");
            }
        });
        return option;
    }
}
