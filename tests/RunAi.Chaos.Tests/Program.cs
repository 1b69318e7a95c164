using RunAi.Chaos.Tests.Deaths;

namespace RunAi.Chaos.Tests;

/// <summary>The program that submits one run and may kill itself; the tests start it.</summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) => DyingSubmission.RunAsync(arguments);
}
