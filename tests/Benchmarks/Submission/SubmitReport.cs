using System.Globalization;
using RunAi.Benchmarks.Waiting;

namespace RunAi.Benchmarks.Submission;

/// <summary>
/// What starting, importing and submitting cost in a real PowerShell, beside what a script by hand does:
/// <c>dotnet run -c Release --project tests/Benchmarks -- submit [processes of each kind]</c>. Medians; the kinds take turns.
/// </summary>
internal static class SubmitReport
{
    public static void Run(string[] arguments)
    {
        var count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 9;
        using var shell = new BenchmarkShell();
        using var cluster = new SimulatedCluster(firstEnd: 36_000);
        shell.Run("Register.ps1", cluster);

        string[] kinds = ["Start.ps1", "ImportEmpty.ps1", "Import.ps1", "FirstByHand.ps1", "First.ps1"];
        var processes = kinds.ToDictionary(kind => kind, _ => new List<ProcessFigures>());
        for (var i = 0; i < count; i++)
        {
            foreach (var kind in kinds)
            {
                processes[kind].Add(shell.Run(kind, cluster));
            }
        }

        Console.WriteLine($"a whole process, median of {count}                 wall ms   processor ms   working set MiB");
        foreach (var kind in kinds)
        {
            Console.WriteLine($"{kind,-44} {Median(kind, p => p.Wall),10:0} {Median(kind, p => p.Processor),14:0} "
                + $"{Median(kind, p => p.Memory) / (1 << 20),17:0}");
        }

        Ratio("import against a bare start", "Import.ps1", "Start.ps1");
        Ratio("import against that of an empty module", "Import.ps1", "ImportEmpty.ps1");
        Ratio("first submission against a script by hand", "First.ps1", "FirstByHand.ps1");

        var warm = shell.Run("Warm.ps1", cluster).Own;
        Console.WriteLine("one of many in a warm process                    wall ms   processor ms");
        foreach (var (name, what) in new[]
        {
            ("submit", "Submit-RunAiStep, one after another"), ("post", "bare POST, one after another"),
            ("keep", "the same and two flushed files"), ("piped", "300 steps piped to Submit-RunAiStep"),
            ("many", "300 bare POSTs, 8 at a time"), ("manyKept", "the same and two flushed files"),
        })
        {
            Console.WriteLine($"{what,-44} {warm.GetProperty(name + "Wall").GetDouble(),12:0.00} "
                + $"{warm.GetProperty(name + "Processor").GetDouble(),14:0.00}");
        }

        Console.WriteLine($"submit against a bare POST and two flushed files: {Quotient("submitWall", "keepWall"):0.00}x; against the POST "
            + $"alone: {Quotient("submitWall", "postWall"):0.00}x");
        Console.WriteLine($"piped against 8 at a time with two flushed files: {Quotient("pipedWall", "manyKeptWall"):0.00}x; against the "
            + $"POSTs alone: {Quotient("pipedWall", "manyWall"):0.00}x");

        Console.WriteLine($"completion of a workload's name by Tab: {warm.GetProperty("tabWall").GetDouble():0} ms");

        double Quotient(string ours, string theirs) => warm.GetProperty(ours).GetDouble() / warm.GetProperty(theirs).GetDouble();

        double Median(string kind, Func<ProcessFigures, double> of) => Medians.Of(processes[kind].Select(of));

        void Ratio(string what, string ours, string theirs) => Console.WriteLine(
            $"{what}: wall {Median(ours, p => p.Wall) / Median(theirs, p => p.Wall):0.00}x, processor "
            + $"{Median(ours, p => p.Processor) / Median(theirs, p => p.Processor):0.00}x, memory "
            + $"{(Median(ours, p => p.Memory) - Median(theirs, p => p.Memory)) / (1 << 20):+0;-0} MiB");
    }
}
