using RunAi.Content;
using RunAi.Images;

namespace RunAi.Tests.Images;

public sealed class DockerIgnoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("*\n!train.py\n!pkg", "pkg/a.py train.py")]
    [InlineData("**\n!./train.py\n!pkg/", "pkg/a.py train.py")]
    [InlineData("data\nmodels", "app/data/loader.py app/models/net.py pkg/a.py train.py")]
    [InlineData("**/data", "app/models/net.py models/m.bin pkg/a.py train.py")]
    [InlineData("/app/\n./pkg/../models", "data/big.bin pkg/a.py train.py")]
    [InlineData("app\n!app/data/*.py", "app/data/loader.py data/big.bin models/m.bin pkg/a.py train.py")]
    [InlineData("!data\ndata", "app/data/loader.py app/models/net.py models/m.bin pkg/a.py train.py")]
    [InlineData("# data\n  */*/*.py  ", "data/big.bin models/m.bin pkg/a.py train.py")]
    [InlineData("[dm]?*", "app/data/loader.py app/models/net.py pkg/a.py train.py")]
    [InlineData("**/*.py", "data/big.bin models/m.bin")]
    [InlineData("[app", "app/data/loader.py app/models/net.py data/big.bin models/m.bin pkg/a.py train.py")]
    public void Read_LeavesOutWhatDockerDoes(string rules, string kept)
    {
        Tree("train.py", "pkg/a.py", "data/big.bin", "models/m.bin", "app/data/loader.py", "app/models/net.py");
        File.WriteAllText(_folder[".dockerignore"], rules);

        Assert.Equal(kept, string.Join(' ', Files(SourceTree.Read(_folder.Location, default)).Where(name => name != ".dockerignore")));
    }

    [Fact]
    public void Read_NestedFile_IsNoIgnoreFile()
    {
        Tree("pkg/a.py", "b.py");
        File.WriteAllText(_folder[".dockerignore"], "b.py");
        File.WriteAllText(Path.Combine(_folder.Location, "pkg", ".dockerignore"), "a.py");

        Assert.Contains("pkg/a.py", Files(SourceTree.Read(_folder.Location, default)));
    }

    [Fact]
    public void SourceOf_ADockerfileWithAnIgnoreFileOfItsOwn_GoesByThat()
    {
        Tree("a.py", "b.py", "Dockerfile");
        File.WriteAllText(_folder[".dockerignore"], "a.py");
        File.WriteAllText(_folder["Dockerfile.dockerignore"], "b.py");
        var request = new ImageBuildRequest(_folder.Location, null, ImageLocation.Parse($"oci:{_folder.Location}/images"));

        Assert.Contains("a.py", Files(StepImages.SourceOf(new ImageBuilder { Flavor = "Docker" }, request)));
        Assert.Contains("b.py", Files(StepImages.SourceOf(new ImageBuilder { Flavor = "Layer" }, request)));
        Assert.DoesNotContain("b.py", Files(StepImages.SourceOf(new ImageBuilder { Flavor = "Docker" }, request)));
    }

    [Fact]
    public void Read_FolderOfWhichAllIsLeftOut_IsNotThere()
    {
        Tree("train.py", "data/a/b.bin");
        File.WriteAllText(_folder[".dockerignore"], "data/**\n!x");

        var listing = SourceTree.Read(_folder.Location, default);

        Assert.Equal([".dockerignore", "train.py"], listing.Entries.Select(entry => entry.Name));
        Assert.Equal(("data/a/", ".dockerignore line 1: data/**"), (listing.LeftOut[0].Name, listing.LeftOut[0].By.ToString()));
    }

    [Fact]
    public void Warning_NothingIsPacked_NamesTheLine()
    {
        Tree("train.py", "pkg/a.py");
        File.WriteAllText(_folder[".dockerignore"], "# all\n*");

        var listing = SourceTree.Read(_folder.Location, default);

        Assert.StartsWith(
            "No file of the folder would be packed: .dockerignore line 2: * leaves out", listing.Warning, StringComparison.Ordinal);
        Assert.Contains("pkg/  (.dockerignore line 2: *)", string.Join('\n', listing.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void Warning_NearlyNothingIsPacked_IsToldForGitsFilesToo()
    {
        Tree([.. Enumerable.Range(0, 20).Select(i => $"m{i}.py"), "only.txt"]);
        File.WriteAllText(_folder[".gitignore"], "*.py");

        Assert.StartsWith(
            "Only one file of the folder would be packed: .gitignore line 1: *.py leaves out 20",
            SourceTree.Read(_folder.Location, default).Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Warning_CodeIsPacked_ThereIsNone()
    {
        Tree("train.py", "data/a.bin", "b.bin");
        File.WriteAllText(_folder[".gitignore"], "*.bin");

        Assert.Null(SourceTree.Read(_folder.Location, default).Warning);
    }

    private static IEnumerable<string> Files(SourceListing listing) =>
        listing.Entries.Where(entry => entry.Kind != SourceKind.Folder).Select(entry => entry.Name);

    private void Tree(params string[] files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(_folder.Location, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "x");
        }
    }
}
