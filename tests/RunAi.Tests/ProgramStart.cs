using System.Diagnostics;
using RunAi.Emulators;

namespace RunAi.Tests;

/// <summary>How the tests start programs on both editions.</summary>
internal static class ProgramStart
{
    public static ProcessStartInfo Of(string program, params string[] arguments) => new(program, CommandLine.Join(arguments))
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    };
}
