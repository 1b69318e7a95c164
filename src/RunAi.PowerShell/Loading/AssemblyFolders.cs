using System.Reflection;
using System.Runtime.InteropServices;

namespace RunAi.PowerShell.Loading;

/// <summary>
/// Where an assembly of the private context lies: compiled ahead of time for this system in <c>ready-to-run</c>, or as it was built in
/// <c>deps</c>. What .NET itself has in the same version or a later one is left to .NET, whose own is compiled ahead of time.
/// </summary>
internal sealed class AssemblyFolders
{
    /// <summary>The runtime that <c>ready-to-run</c> is compiled for. Earlier ones cannot read its images.</summary>
    private const int CompiledFor = 10;

    private readonly string _deps;
    private readonly string? _compiled;
    private readonly string _framework;

    /// <param name="deps">The folder with every assembly.</param>
    /// <param name="compiled">The folder with those that are compiled for this system; null for none.</param>
    /// <param name="framework">The folder of the framework's own assemblies.</param>
    public AssemblyFolders(string deps, string? compiled, string framework) => (_deps, _compiled, _framework) = (deps, compiled, framework);

    /// <summary>The folders of this process.</summary>
    /// <param name="edition">The folder with the command assembly.</param>
    public static AssemblyFolders Of(string edition)
    {
        var compiled = Path.Combine(edition, "ready-to-run", System(RuntimeInformation.ProcessArchitecture));
        return new AssemblyFolders(
            Path.Combine(edition, "deps"),
            Environment.Version.Major >= CompiledFor && Directory.Exists(compiled) ? compiled : null,
            RuntimeEnvironment.GetRuntimeDirectory());
    }

    /// <summary>The file of an assembly; null to leave it to the default context.</summary>
    /// <param name="name">The assembly's name, with the version that is asked for.</param>
    public string? Find(AssemblyName name)
    {
        var file = name.Name + ".dll";
        var path = Path.Combine(_deps, file);
        if (!File.Exists(path) || IsOfFramework(Path.Combine(_framework, file), name.Version))
        {
            return null;
        }

        return _compiled is not null && Path.Combine(_compiled, file) is var compiled && File.Exists(compiled) ? compiled : path;
    }

    private static bool IsOfFramework(string file, Version? version) =>
        File.Exists(file) && version <= AssemblyName.GetAssemblyName(file).Version;

    /// <summary>The name of a system as .NET's runtime identifiers have it, for example <c>linux-x64</c>.</summary>
    private static string System(Architecture architecture)
    {
        var system = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "win"
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "osx" : "linux";
        return $"{system}-{architecture.ToString().ToLowerInvariant()}";
    }
}
