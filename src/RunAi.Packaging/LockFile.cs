using System.Text.Json;

namespace RunAi.Packaging;

/// <summary>A package of a lock file.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha512">The digest that the lock file holds, in base64.</param>
internal sealed record LockedPackage(string Id, string Version, string Sha512);

/// <summary>Reads packages.lock.json files of NuGet.</summary>
internal static class LockFile
{
    /// <summary>The packages of all frameworks of all files, each once.</summary>
    public static IReadOnlyList<LockedPackage> Read(IEnumerable<string> paths) =>
        [.. paths.SelectMany(Packages).Distinct().OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)];

    private static List<LockedPackage> Packages(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.TryGetProperty("contentHash", out _))
            .Select(package => new LockedPackage(
                package.Name, package.Value.GetProperty("resolved").GetString()!, package.Value.GetProperty("contentHash").GetString()!))];
    }
}
