namespace RunAi.StepRunner;

/// <summary>The step runner: the program that a container of a run starts with.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is ["--version"])
        {
            Console.Out.WriteLine(typeof(Program).Assembly.GetName().Version!.ToString(3));
            return ExitCodes.Success;
        }

        if (arguments.Length > 0)
        {
            Console.Error.WriteLine("step-runner: it takes no arguments; the variable RUNAI_MANIFEST says what to run.");
            return ExitCodes.Usage;
        }

        return await Startup.RunAsync();
    }
}
