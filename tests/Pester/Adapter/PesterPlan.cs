namespace RunAi.Pester.Tests;

/// <summary>What <c>Run.ps1</c> is asked to do.</summary>
/// <param name="Files">The files, of which each shell takes the next that no other has taken.</param>
/// <param name="Lines">The tests to run as <c>file:line</c>; empty for all.</param>
/// <param name="OnlyFind">True to find the tests and run none.</param>
/// <param name="Results">The folder that gets the results of each file.</param>
internal sealed record PesterPlan(
    IReadOnlyList<string> Files, IReadOnlyList<string> Lines, bool OnlyFind, string Results)
{
    /// <summary>Pester's manifest.</summary>
    public string Pester { get; } = PesterPaths.Pester;

    /// <summary>PowerShell's assembly, for the shells that tests start.</summary>
    public string Shell { get; } = PesterPaths.Shell;

    /// <summary>The folder of modules that has RunAi as it is packaged.</summary>
    public string Modules { get; } = PesterPaths.Modules;

    /// <summary>The folder with assemblies of other versions than ours.</summary>
    public string Foreign { get; } = PesterPaths.Foreign;
}
