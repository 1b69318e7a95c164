using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace RunAi.Packaging;

/// <summary>Finds which packages the assemblies of the module come from: byte for byte, not by name.</summary>
internal static class ShippedPackages
{
    private static readonly string[] Own = ["RunAi.dll", "RunAi.PowerShell.dll", "RunAi.Emulator.dll", "step-runner.dll"];

    /// <summary>Where a package has the assemblies that are copied.</summary>
    private static readonly string[] AssemblyFolders = ["lib", "runtimes"];

    /// <summary>The packages that ship, with their licences.</summary>
    /// <exception cref="InvalidDataException">An assembly comes from none of the packages, or a package says no licence.</exception>
    public static IReadOnlyList<ShippedPart> Find(string module, string packageFolder, IEnumerable<LockedPackage> packages)
    {
        var assemblies = Directory.GetFiles(module, "*.dll", SearchOption.AllDirectories)
            .Where(path => !Own.Contains(Path.GetFileName(path)))
            .ToLookup(path => Digest(AsPublished(path)));
        var found = packages
            .Select(package => (Package: package, Files: Assemblies(
                Folder(packageFolder, package)).SelectMany(path => assemblies[Digest(path)]).Distinct().ToList()))
            .Where(package => package.Files.Count > 0)
            .ToList();
        var unknown = assemblies.SelectMany(group => group).Except(found.SelectMany(package => package.Files)).ToList();
        return unknown.Count == 0
            ? [.. found.Select(package => Part(module, Folder(packageFolder, package.Package), package.Package, package.Files))]
            : throw new InvalidDataException($"These assemblies come from no package of the lock files: {string.Join(", ", unknown)}");
    }

    private static ShippedPart Part(string module, string folder, LockedPackage package, IEnumerable<string> files)
    {
        var metadata = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Descendants()
            .ToLookup(element => element.Name.LocalName);
        var license = metadata["license"].FirstOrDefault();
        var file = license?.Attribute("type")?.Value == "file" ? license.Value : null;
        var text = (file is null ? LicenseFile(folder) : Path.Combine(folder, file)) is { } path
            ? File.ReadAllText(path).ReplaceLineEndings("\n").Trim()
            : null;
        return new ShippedPart(
            package.Id,
            package.Version,
            Expression(
                package, license is null || file is not null ? null : license.Value, metadata["licenseUrl"].FirstOrDefault()?.Value, text),
            metadata["copyright"].FirstOrDefault()?.Value ?? metadata["authors"].First().Value,
            text,
            $"pkg:nuget/{package.Id}@{package.Version}",
            Convert.ToHexStringLower(Convert.FromBase64String(package.Sha512)),
            [.. files.Select(shipped => Path.GetRelativePath(module, shipped).Replace('\\', '/')).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Old packages have no expression: then the text or the address says which licence it is.</summary>
    private static string Expression(LockedPackage package, string? expression, string? url, string? text) => expression switch
    {
        not null => expression,
        _ when text?.Contains("Apache License", StringComparison.Ordinal) == true => "Apache-2.0",
        _ when text?.Contains("Permission is hereby granted, free of charge", StringComparison.Ordinal) == true => "MIT",
        _ => throw new InvalidDataException($"The licence of {package.Id} {package.Version} is not known ({url})."),
    };

    private static string? LicenseFile(string folder) => Directory.GetFiles(folder)
        .FirstOrDefault(path => Path.GetFileNameWithoutExtension(path).Equals("LICENSE", StringComparison.OrdinalIgnoreCase));

    private static string Folder(string packageFolder, LockedPackage package) =>
        Path.Combine(packageFolder, package.Id.ToLowerInvariant(), package.Version);

    private static IEnumerable<string> Assemblies(string folder) => AssemblyFolders
        .Select(part => Path.Combine(folder, part))
        .Where(Directory.Exists)
        .SelectMany(part => Directory.GetFiles(part, "*.dll", SearchOption.AllDirectories));

    /// <summary>The file as its package has it: of one that was compiled ahead of time, the one that it was made from.</summary>
    private static string AsPublished(string path)
    {
        var system = Path.GetDirectoryName(path)!;
        if (Path.GetFileName(Path.GetDirectoryName(system)) != "ready-to-run")
        {
            return path;
        }

        var source = Path.Combine(system, "..", "..", "deps", Path.GetFileName(path));
        return File.Exists(source) && ModuleId(source) == ModuleId(path) ? source : path;
    }

    /// <summary>The id that a compiler gives each assembly it makes (ECMA-335, II.22.30). Compiling ahead of time keeps it.</summary>
    private static Guid ModuleId(string path)
    {
        using var reader = new PEReader(File.OpenRead(path));
        var metadata = reader.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    private static string Digest(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
}
