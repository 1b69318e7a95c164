using System.Formats.Tar;
using RunAi.Content;

namespace RunAi.Tests.Artifacts;

public sealed class TarExtractionTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("runai-tar-").FullName;

    public TarExtractionTests() => Directory.CreateDirectory(Target);

    private string Target => Path.Combine(_root, "target");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("../up")]
    [InlineData("a/../../up")]
    [InlineData("/abs")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("..")]
    public void Names_ThatLeadOut_AreRefused(string name) => AssertRefused(File(name));

    [Theory]
    [InlineData("link", "/etc")]
    [InlineData("link", "..")]
    [InlineData("a/link", "../../x")]
    [InlineData("a/link", "b/../../../x")]
    public void Links_ThatLeadOut_AreRefused(string name, string target) => AssertRefused(Link(name, target));

    [Fact]
    public void Entries_ThroughALink_AreRefused() => AssertRefused(Folder("real"), Link("way", "real"), File("way/file"));

    [Fact]
    public void Files_OverALink_AreRefused() => AssertRefused(Link("name", "other"), File("name"));

    [Fact]
    public void Links_OverAFile_AreRefused() => AssertRefused(File("name"), Link("name", "other"));

    [Fact]
    public void Files_Twice_AreRefused() => AssertRefused(File("name"), File("name"));

    [Fact]
    public void Folders_OverAFile_AreRefused() => AssertRefused(File("name"), Folder("name/"));

    [Fact]
    public void HardLinksDevicesAndPipes_AreRefused()
    {
        AssertRefused(File("a"), new PaxTarEntry(TarEntryType.HardLink, "b") { LinkName = "a" });
        AssertRefused(new PaxTarEntry(TarEntryType.CharacterDevice, "null") { DeviceMajor = 1, DeviceMinor = 3 });
        AssertRefused(new PaxTarEntry(TarEntryType.BlockDevice, "disk") { DeviceMajor = 8, DeviceMinor = 0 });
        AssertRefused(new PaxTarEntry(TarEntryType.Fifo, "pipe"));
    }

    [Fact]
    public void Text_ThatIsNoTar_IsRefused()
    {
        var error = Assert.Throws<ContentException>(() => TarExtraction.Run(
            new MemoryStream(new byte[3000].Select((_, i) => (byte)(i * 7)).ToArray()), Target, "az://x", CancellationToken.None));

        Assert.Equal(ErrorIds.ArtifactDamaged, error.ErrorId);
    }

    [Fact]
    public void Archive_CutShort_IsRefused()
    {
        var bytes = Tar(File("a", 5000)).ToArray();

        Assert.Throws<ContentException>(() => TarExtraction.Run(new MemoryStream(bytes[..2000]), Target, "az://x", CancellationToken.None));
    }

    [Fact]
    public void Archive_OfAnotherProgram_IsUnpacked()
    {
        TarExtraction.Run(
            Tar(Folder("./"), File("./a/b", 10), Link("./l", "a/b"), Folder("./a/c")), Target, "az://x", CancellationToken.None);

        Assert.Equal(10, new FileInfo(Path.Combine(Target, "l")).ResolveLinkTarget(true) is FileInfo file ? file.Length : 0);
        Assert.True(Directory.Exists(Path.Combine(Target, "a", "c")));
    }

    private void AssertRefused(params TarEntry[] entries)
    {
        var error = Assert.Throws<ContentException>(() => TarExtraction.Run(Tar(entries), Target, "az://x", CancellationToken.None));

        Assert.Equal(ErrorIds.ArtifactDamaged, error.ErrorId);
        Assert.Equal([Target], Directory.GetFileSystemEntries(_root));
        Assert.All(
            Directory.GetFileSystemEntries(Target, "*", SearchOption.AllDirectories), entry => Assert.Null(new FileInfo(entry).LinkTarget));
        Directory.Delete(Target, recursive: true);
        Directory.CreateDirectory(Target);
    }

    private static PaxTarEntry File(string name, int size = 3) =>
        new(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(new byte[size]) };

    private static PaxTarEntry Folder(string name) => new(TarEntryType.Directory, name);

    private static PaxTarEntry Link(string name, string target) => new(TarEntryType.SymbolicLink, name) { LinkName = target };

    private static MemoryStream Tar(params TarEntry[] entries)
    {
        var stream = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        stream.Position = 0;
        return stream;
    }
}
