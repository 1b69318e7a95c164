using System.Reflection;
using RunAi.PowerShell.Loading;

namespace RunAi.Tests;

/// <summary>Which requests of the process the module answers with its own files.</summary>
public sealed class DesktopResolverTests : IDisposable
{
    private static readonly AssemblyName Json = typeof(Newtonsoft.Json.JsonConvert).Assembly.GetName();

    private readonly TemporaryFolder _folder = new();
    private readonly string _file;

    public DesktopResolverTests()
    {
        _file = Path.Combine(Directory.CreateDirectory(Path.Combine(Module, "deps")).FullName, Json.Name + ".dll");
        File.Copy(typeof(Newtonsoft.Json.JsonConvert).Assembly.Location, _file);
    }

    private string Module => _folder["desktop"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("desktop/RunAi.PowerShell.dll", true)]
    [InlineData("desktop/deps/RunAi.dll", true)]
    [InlineData("desktop-other/X.dll", false)]
    [InlineData("X.dll", false)]
    [InlineData("dynamic", false)]
    public void Find_ByWhoAsks(string asking, bool isOurs) =>
        Assert.Equal(isOurs ? _file : null, DesktopResolver.Find(Json, asking == "dynamic" ? asking : _folder[asking], Module));

    [Fact]
    public void Find_ForAnOlderVersionByWhoeverOfOurs_IsTheOneThatShips() =>
        Assert.Equal(_file, DesktopResolver.Find(With(new Version(9, 0, 0, 0)), _folder["desktop/deps/RunAi.dll"], Module));

    [Fact]
    public void Find_WithoutAsker_IsByIdentity()
    {
        var other = With(new Version(9, 0, 0, 0));
        other.SetPublicKeyToken([1, 2, 3, 4, 5, 6, 7, 8]);

        Assert.Equal(_file, DesktopResolver.Find(Json, null, Module));
        Assert.Equal(_file, DesktopResolver.Find(With(new Version(9, 0, 0, 0)), null, Module));
        Assert.Null(DesktopResolver.Find(With(new Version(99, 0, 0, 0)), null, Module));
        Assert.Null(DesktopResolver.Find(other, null, Module));
        Assert.Null(DesktopResolver.Find(new AssemblyName("Other"), null, Module));
    }

    private static AssemblyName With(Version version)
    {
        var name = (AssemblyName)Json.Clone();
        name.Version = version;
        return name;
    }
}
