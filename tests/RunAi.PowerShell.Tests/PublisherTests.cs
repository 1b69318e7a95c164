using System.Text.RegularExpressions;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

/// <summary>Where the project is published is told in one place, since whoever publishes it sets it there.</summary>
public sealed partial class PublisherTests
{
    private static readonly string Manifest = File.ReadAllText(Path.Combine(Checkout.Root, "RunAi.psd1"));

    [Fact]
    public void AddressesOfTheManifest_AreOfOneRepository()
    {
        var repositories = new[] { "ProjectUri", "LicenseUri", "IconUri", "ReleaseNotes" }.Select(Repository).ToArray();

        Assert.NotEqual("", repositories[0]);
        Assert.Single(repositories.Distinct());
    }

    [Fact]
    public void TheRepository_IsNamedInNoOtherFile()
    {
        var others = new[] { "README.md", "CHANGELOG.md", "SECURITY.md", "docs", "src", "samples", "module", ".github" }.SelectMany(Files)
            .Where(file => File.ReadAllText(file).Contains(Repository("ProjectUri"), StringComparison.OrdinalIgnoreCase));

        Assert.Equal([], others.Select(file => Path.GetRelativePath(Checkout.Root, file)));
    }

    /// <summary>Owner and name of the repository in an address of the manifest.</summary>
    private static string Repository(string key) =>
        Address().Match(Regex.Match(Manifest, $@"\b{key} = '(?<value>[^']*)'").Groups["value"].Value).Groups["repository"].Value;

    private static IEnumerable<string> Files(string name)
    {
        var path = Path.Combine(Checkout.Root, name);
        return File.Exists(path) ? [path]
            : Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsSource) : [];
    }

    private static bool IsSource(string path) =>
        new[] { ".cs", ".md", ".json", ".yml", ".yaml", ".ps1", ".psd1", ".ps1xml", ".csproj", ".ts" }.Contains(Path.GetExtension(path))
        && !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "build" or "node_modules");

    [GeneratedRegex("^https://[^/]+/(?<repository>[^/]+/[^/]+)")]
    private static partial Regex Address();
}
