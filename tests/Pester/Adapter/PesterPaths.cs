using System.Reflection;

namespace RunAi.Pester.Tests;

/// <summary>Where the build put what a run needs.</summary>
internal static class PesterPaths
{
    private static readonly string[] Long = ["Pages.Tests.ps1", "Signals.Tests.ps1"];

    /// <summary>The folder with the tests, <c>Run.ps1</c> and <c>Support</c>.</summary>
    public static string Tests { get; } = Built("Tests");

    /// <summary>What a shell runs.</summary>
    public static string RunScript => Path.Combine(Tests, "Run.ps1");

    /// <summary>PowerShell's own assembly, which <c>dotnet</c> runs.</summary>
    public static string Shell { get; } = Built("Shell");

    /// <summary>Pester's manifest.</summary>
    public static string Pester { get; } = Built("Pester");

    /// <summary>The folder of modules that has RunAi as it is packaged.</summary>
    public static string Modules { get; } = Built("Modules");

    /// <summary>The folder with assemblies of other versions than ours.</summary>
    public static string Foreign { get; } = Path.Combine(AppContext.BaseDirectory, "foreign");

    /// <summary>The files with tests: those that take minutes first, then in the order of their names.</summary>
    public static IReadOnlyList<string> TestFiles =>
    [
        .. Directory.GetFiles(Tests, "*.Tests.ps1")
            .OrderByDescending(file => Long.Contains(Path.GetFileName(file)))
            .ThenBy(file => file, StringComparer.Ordinal),
    ];

    private static string Built(string name) => typeof(PesterPaths).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == name).Value!;
}
