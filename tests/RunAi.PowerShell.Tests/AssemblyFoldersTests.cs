using System.Reflection;
using RunAi.PowerShell.Loading;

namespace RunAi.PowerShell.Tests;

/// <summary>Which file an assembly of the private context is loaded from.</summary>
public sealed class AssemblyFoldersTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();
    private readonly string _deps;
    private readonly string _compiled;
    private readonly string _framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    public AssemblyFoldersTests()
    {
        _deps = _root.CreateSubdirectory("deps").FullName;
        _compiled = _root.CreateSubdirectory("compiled").FullName;
    }

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Compiled_IsTakenBeforeWhatWasBuilt()
    {
        var built = Put(_deps, "RunAi");
        var other = Put(_deps, "Ulid");
        var compiled = Put(_compiled, "RunAi");

        Assert.Equal(compiled, Find("RunAi", _compiled));
        Assert.Equal(other, Find("Ulid", _compiled));
        Assert.Equal(built, Find("RunAi", null));
    }

    [Fact]
    public void CompiledAlone_IsNotTaken()
    {
        Put(_compiled, "Other");

        Assert.Null(Find("Other", _compiled));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void OfTheFramework_IsLeftToIt_UnlessALaterOneIsAskedFor(int later, bool leaves)
    {
        var ours = Put(_deps, "System.Text.Json");
        var version = AssemblyName.GetAssemblyName(Path.Combine(_framework, "System.Text.Json.dll")).Version!;
        var name = new AssemblyName("System.Text.Json")
        {
            Version = new Version(version.Major + later, version.Minor, version.Build, version.Revision),
        };

        Assert.Equal(leaves ? null : ours, new AssemblyFolders(_deps, _compiled, _framework).Find(name));
    }

    private string? Find(string name, string? compiled) =>
        new AssemblyFolders(_deps, compiled, _framework).Find(new AssemblyName(name) { Version = new Version(1, 0, 0, 0) });

    private static string Put(string folder, string name)
    {
        var file = Path.Combine(folder, name + ".dll");
        File.WriteAllBytes(file, []);
        return file;
    }
}
