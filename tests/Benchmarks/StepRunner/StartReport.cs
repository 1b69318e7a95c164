using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;

namespace RunAi.Benchmarks.StepRunner;

/// <summary>
/// What a start of the static step runner costs in an otherwise empty root, beside a static program that does nothing there:
/// <c>dotnet run -c Release --project tests/Benchmarks -- start [starts]</c>. Needs <c>.ci/step-runner</c>, which also installs bubblewrap
/// and busybox.
/// </summary>
internal static class StartReport
{
    private const double Mebi = 1 << 20;

    /// <summary>The kernel counts time in hundredths of a second.</summary>
    private const double MillisecondsPerTick = 10;

    private static readonly string[] Root = ["--unshare-user", "--unshare-pid", "--as-pid-1", "--dev", "/dev", "--clearenv"];

    public static void Run(string[] arguments)
    {
        var starts = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 200;
        var runner = Runner();
        Console.WriteLine($"{runner}: {new FileInfo(runner).Length / Mebi:0.00} MiB, {Compressed(runner) / Mebi:0.00} MiB compressed");
        string[] nothing = [.. Root, "--ro-bind", "/bin/busybox", "/true", "/true"];
        string[] ours = [.. Root, "--ro-bind", runner, "/.runai/step-runner", "/.runai/step-runner", "--version"];
        var without = Measure("a static true", nothing, starts);
        var with = Measure("step-runner --version", ours, starts);
        Console.WriteLine($"the runner more than true: wall {with.Wall - without.Wall:0.0} ms (of the fastest), processor "
            + $"{with.Processor - without.Processor:0.0} ms (on average)");
    }

    private static (double Wall, double Processor) Measure(string name, string[] arguments, int starts)
    {
        var walls = new double[starts];
        var before = ProcessorOfChildren();
        for (var i = 0; i < starts; i++)
        {
            var watch = Stopwatch.StartNew();
            using var process = Process.Start(new ProcessStartInfo("bwrap", arguments) { RedirectStandardOutput = true })!;
            process.WaitForExit();
            walls[i] = watch.Elapsed.TotalMilliseconds;
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{name} ended with {process.ExitCode}.");
            }
        }

        Array.Sort(walls);
        var processor = (ProcessorOfChildren() - before) / starts;
        Console.WriteLine($"{name}, with its sandbox: wall least {walls[0]:0.0} ms, median {walls[starts / 2]:0.0} ms; processor "
            + $"{processor:0.0} ms on average");
        return (walls[0], processor);
    }

    /// <summary>The processor time, in milliseconds, of all children that have ended.</summary>
    private static double ProcessorOfChildren()
    {
        var status = File.ReadAllText("/proc/self/stat");
        var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture))
            * MillisecondsPerTick;
    }

    private static long Compressed(string path)
    {
        using var made = new MemoryStream();
        using (var source = File.OpenRead(path))
        using (var zip = new GZipStream(made, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            source.CopyTo(zip);
        }

        return made.Length;
    }

    /// <summary>The static runner of this checkout.</summary>
    private static string Runner()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var runner = Path.Combine(folder.FullName, "module", "bin", "step-runner", "linux-x64", "step-runner");
            if (File.Exists(runner))
            {
                return runner;
            }
        }

        throw new FileNotFoundException("Run .ci/step-runner first.");
    }
}
