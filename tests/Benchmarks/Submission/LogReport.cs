namespace RunAi.Benchmarks.Submission;

/// <summary>
/// From a line that a step prints to the screen of Invoke-RunAiStep, and from the end of a step to its return, through the artifact store
/// and, for a step without one, from the cluster: <c>dotnet run -c Release --project tests/Benchmarks -- log</c>.
/// </summary>
internal static class LogReport
{
    public static void Run()
    {
        using var shell = new BenchmarkShell();
        var figures = shell.Run("Log.ps1").Own;
        foreach (var (name, what) in new[] { ("stored", "through the artifact store"), ("direct", "from the cluster, without a store") })
        {
            Console.WriteLine($"line to screen {what}: median {Of("Median"):0.00} s, most {Of("Most"):0.00} s, of {Of("Lines")} lines");
            Console.WriteLine($"end to return {what}: median {Of("End"):0.00} s");

            double Of(string figure) => figures.GetProperty(name + figure).GetDouble();
        }
    }
}
