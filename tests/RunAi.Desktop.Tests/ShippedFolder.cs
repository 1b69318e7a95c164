using System.Reflection;
using Mono.Cecil;

namespace RunAi.Tests;

/// <summary>The folder of the edition for Windows PowerShell as it ships, and where its assemblies find each other.</summary>
internal sealed class ShippedFolder : IAssemblyResolver
{
    private readonly string[] _places;
    private readonly Dictionary<string, AssemblyDefinition?> _found = new(StringComparer.OrdinalIgnoreCase);

    public ShippedFolder()
    {
        Location = Metadata("Desktop");
        _places =
        [
            Location, Path.Combine(Location, "deps"), Metadata("Framework"), Path.Combine(Metadata("Framework"), "Facades"),
            Metadata("PowerShell"),
        ];
        Files = [.. _places.Take(2).SelectMany(place => Directory.GetFiles(place, "*.dll"))
            .Select(file => Resolve(Path.GetFileNameWithoutExtension(file))!)];
    }

    public string Location { get; }

    /// <summary>The assemblies that ship.</summary>
    public IReadOnlyList<AssemblyDefinition> Files { get; }

    /// <summary>True for one that the module finds in its <c>deps</c> folder, after it registered its resolver.</summary>
    public bool IsDependency(AssemblyDefinition assembly) =>
        Path.GetFileName(Path.GetDirectoryName(assembly.MainModule.FileName)) == "deps";

    public bool IsShipped(AssemblyDefinition assembly) => assembly.MainModule.FileName.StartsWith(Location, StringComparison.Ordinal);

    /// <summary>The assembly of a name; null when neither the module, nor .NET Framework 4.7.2, nor PowerShell has it.</summary>
    public AssemblyDefinition? Resolve(string name)
    {
        if (!_found.TryGetValue(name, out var known))
        {
            var file = _places.Select(place => Path.Combine(place, name + ".dll")).FirstOrDefault(File.Exists);
            _found[name] =
                known = file is null ? null : AssemblyDefinition.ReadAssembly(file, new ReaderParameters { AssemblyResolver = this });
        }

        return known;
    }

    public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name.Name) ?? throw new AssemblyResolutionException(name);

    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);

    public void Dispose()
    {
        foreach (var assembly in _found.Values)
        {
            assembly?.Dispose();
        }
    }

    private static string Metadata(string key) =>
        typeof(ShippedFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
