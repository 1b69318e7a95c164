using System.Formats.Tar;
using RunAi.Emulator.Execution.Images;

namespace RunAi.Emulator.Tests.Images;

public sealed class LayerUnpackerTests : IDisposable
{
    private readonly string _outside = Directory.CreateTempSubdirectory("runai-unpack-").FullName;
    private readonly string _root;

    public LayerUnpackerTests()
    {
        _root = Directory.CreateDirectory(Path.Combine(_outside, "root")).FullName;
        File.WriteAllText(Path.Combine(_outside, "victim"), "untouched");
    }

    public void Dispose() => Directory.Delete(_outside, recursive: true);

    [Fact]
    public async Task Unpack_OfLayers_PutsOneOnTheOther()
    {
        var lower = new SampleLayer().Folder("a").File("a/kept", "1").File("a/gone", "2").Folder("b").File("b/old", "3").File("c", "4");
        var upper = new SampleLayer().File("a/.wh.gone", "").Folder("b").File("b/new", "5").File("b/.wh..wh..opq", "").Program("c", "6");

        await UnpackAsync(lower, upper);

        Assert.Equal(["a/kept", "b/new", "c"], Files());
        Assert.Equal("6", File.ReadAllText(At("c")));
        Assert.True(File.GetUnixFileMode(At("c")).HasFlag(UnixFileMode.UserExecute));
        Assert.False(File.GetUnixFileMode(At("a/kept")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task Unpack_OfLinks_KeepsThemAndFollowsThemInside()
    {
        var lower = new SampleLayer().Folder("usr/bin").Link("bin", "/usr/bin").File("usr/bin/tool", "tool").Link("up", "../../usr");

        await UnpackAsync(lower, new SampleLayer().File("bin/more", "more").File("up/deep", "deep").HardLink("same", "bin/tool"));

        Assert.Equal("/usr/bin", new FileInfo(At("bin")).LinkTarget);
        Assert.Equal("more", File.ReadAllText(At("usr/bin/more")));
        Assert.Equal("deep", File.ReadAllText(At("usr/deep")));
        Assert.Equal("tool", File.ReadAllText(At("same")));
    }

    [Theory]
    [InlineData("../victim")]
    [InlineData("a/../../victim")]
    [InlineData("/../victim")]
    public async Task Unpack_OfANameThatLeadsOut_IsRefused(string name)
    {
        var complaint = await Assert.ThrowsAsync<ImageException>(() => UnpackAsync(new SampleLayer().File(name, "hostile")));

        Assert.Contains("outside", complaint.Message, StringComparison.Ordinal);
        AssertUntouched();
    }

    [Fact]
    public async Task Unpack_ThroughALinkThatLeadsOut_StaysInside()
    {
        await UnpackAsync(new SampleLayer()
            .Link("out", _outside).File("out/victim", "hostile")
            .Link("up", "../..").File("up/victim", "hostile")
            .Link("here", _outside + "/victim").File("here", "hostile")
            .Link("folder", _outside).Folder("folder").File("folder/.wh.victim", "")
            .File("/absolute", "inside"));

        AssertUntouched();
        Assert.Equal("hostile", File.ReadAllText(At(_outside[1..] + "/victim")));
        Assert.Equal("hostile", File.ReadAllText(At("victim")));
        Assert.Equal("hostile", File.ReadAllText(At("here")));
        Assert.Equal("inside", File.ReadAllText(At("absolute")));
    }

    [Theory]
    [InlineData(".wh...")]
    [InlineData(".wh..")]
    [InlineData(".wh.")]
    public async Task Unpack_OfAWhiteoutThatNamesNoEntry_TakesNothingOutside(string name)
    {
        await Record.ExceptionAsync(() => UnpackAsync(new SampleLayer().File(name, "").Folder("a").File("a/" + name, "")));

        AssertUntouched();
    }

    [Fact]
    public async Task Unpack_OfAHardLinkToTheOutside_IsRefused()
    {
        var layer = new SampleLayer().Link("out", _outside + "/victim").HardLink("stolen", "out");

        await Assert.ThrowsAsync<ImageException>(() => UnpackAsync(layer));
        await Assert.ThrowsAsync<ImageException>(() => UnpackAsync(new SampleLayer().HardLink("stolen", _outside + "/victim")));
    }

    [Fact]
    public async Task Unpack_OfLinksInACircle_IsRefused() => await Assert.ThrowsAsync<ImageException>(
        () => UnpackAsync(new SampleLayer().Link("a", "b").Link("b", "a").File("a/file", "")));

    [Fact]
    public async Task Unpack_OfDevicesAndSetIdBits_LeavesThemOut()
    {
        await UnpackAsync(new SampleLayer()
            .Add(new PaxTarEntry(TarEntryType.CharacterDevice, "dev/null"))
            .Add(new PaxTarEntry(TarEntryType.Fifo, "pipe"))
            .File("tool", "", (UnixFileMode)0b100_111_101_101));

        Assert.Equal(["tool"], Files());
        Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(At("tool")));
    }

    [Fact]
    public async Task Unpack_IntoAFolderThatMayNotBeWritten_StillFillsIt()
    {
        await UnpackAsync(new SampleLayer().Folder("closed", UnixFileMode.UserRead).File("closed/file", "1"));

        Assert.Equal(["closed/file"], Files());
    }

    [Fact]
    public async Task Unpack_OfNoArchive_IsRefused()
    {
        var noise = new byte[4096];
        new Random(7).NextBytes(noise);

        await Assert.ThrowsAsync<ImageException>(() => new LayerUnpacker(new RootFolder(_root)).UnpackAsync(
            new MemoryStream(noise), default));
        await Assert.ThrowsAsync<ImageException>(
            () => new LayerUnpacker(new RootFolder(_root)).UnpackAsync(
                new MemoryStream(new SampleLayer().File("a", new string('x', 2000)).Archive()[..1000]), default));
    }

    private async Task UnpackAsync(params SampleLayer[] layers)
    {
        var unpacker = new LayerUnpacker(new RootFolder(_root));
        foreach (var layer in layers)
        {
            await unpacker.UnpackAsync(new MemoryStream(layer.Archive()), default);
        }

        unpacker.Finish();
    }

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_root, file))
            .Order(StringComparer.Ordinal);

    private string At(string name) => Path.Combine(_root, name);

    private void AssertUntouched()
    {
        Assert.Equal("untouched", File.ReadAllText(Path.Combine(_outside, "victim")));
        Assert.Equal(
            ["root", "victim"], Directory.EnumerateFileSystemEntries(_outside).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
