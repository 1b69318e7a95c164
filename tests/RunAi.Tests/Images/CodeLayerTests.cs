using System.Formats.Tar;
using System.IO.Compression;
using RunAi.Content;
using RunAi.Images;
using TarReader = System.Formats.Tar.TarReader;
using TarWriter = RunAi.Content.TarWriter;

namespace RunAi.Tests.Images;

public sealed class CodeLayerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _cache = new();

    public void Dispose()
    {
        _folder.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void Create_TwoClonesOnOtherDays_GivesTheSameBytes()
    {
        var first = Tree("one", reverse: false);
        var second = Tree("two", reverse: true);
        File.SetLastWriteTimeUtc(Path.Combine(second, "b.txt"), new DateTime(1999, 5, 5, 0, 0, 0, DateTimeKind.Utc));
        File.SetUnixFileMode(Path.Combine(second, "b.txt"), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        using var addedLayer = CodeLayer.Create(
            SourceFolder.Read(first, default), "/workspace", SampleRunner.CacheIn(_cache.Location), default);
        using var two = CodeLayer.Create(SourceFolder.Read(second, default), "/workspace", SampleRunner.CacheIn(_cache.Location), default);

        Assert.Equal(File.ReadAllBytes(addedLayer.Blob.Location), File.ReadAllBytes(two.Blob.Location));
        Assert.Equal(addedLayer.DiffId, two.DiffId);
        Assert.Equal(Digest.Of(File.ReadAllBytes(addedLayer.Blob.Location)), addedLayer.Blob.Descriptor.Digest);
    }

    [Fact]
    public void Create_Tree_IsReadByAnotherTarReaderAsItWas()
    {
        var source = Tree("src", reverse: false);
        var deep = string.Join("/", Enumerable.Repeat("a-rather-long-folder-name", 6));
        Directory.CreateDirectory(Path.Combine(source, deep));
        File.WriteAllText(Path.Combine(source, deep, "x"), "deep");

        var entries = Entries(source, "/app/code");

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            entries["app/code/b.txt"].Mode);
        Assert.Equal(Convert.ToInt32("755", 8), (int)entries["app/code/run.sh"].Mode);
        Assert.Equal(TarEntryType.SymbolicLink, entries["app/code/link"].EntryType);
        Assert.Equal("b.txt", entries["app/code/link"].LinkName);
        Assert.Equal(TarEntryType.Directory, entries["app/code/empty/"].EntryType);
        Assert.Contains("app/code/grüße/日本語.txt", entries.Keys);
        Assert.Contains($"app/code/{deep}/x", entries.Keys);
        Assert.All(entries.Values, e => Assert.Equal((0, 0, 946684800L), (e.Uid, e.Gid, e.ModificationTime.ToUnixTimeSeconds())));
    }

    [Fact]
    public void Create_TwentyThousandFiles_HoldsThemAllInOrder()
    {
        var source = Directory.CreateDirectory(_folder["many"]).FullName;
        for (var i = 0; i < 20_000; i++)
        {
            if (i % 200 == 0)
            {
                Directory.CreateDirectory(Path.Combine(source, $"d{i / 200}"));
            }

            File.WriteAllText(Path.Combine(source, $"d{i / 200}", $"f{i}.txt"), "x");
        }

        var entries = Entries(source, "/w");

        Assert.Equal(20_000, entries.Values.Count(e => e.EntryType == TarEntryType.RegularFile));
        Assert.Equal(entries.Keys.Select(k => k.TrimEnd('/')).Order(StringComparer.Ordinal), entries.Keys.Select(k => k.TrimEnd('/')));
    }

    [Fact]
    public void Create_KnownTree_GivesTheDigestItHasEverywhere()
    {
        var source = Directory.CreateDirectory(_folder["known"]).FullName;
        File.WriteAllText(Path.Combine(source, "train.py"), string.Concat(Enumerable.Range(0, 300_000).Select(i => $"print({i})\n")));

        using var layer = CodeLayer.Create(
            SourceFolder.Read(source, default), "/workspace", SampleRunner.CacheIn(_cache.Location), default);

        // The same on every framework and machine: another digest means that everybody's unchanged code is uploaded anew.
        Assert.Equal("sha256:f8df081a5ee7b4cdf68b3c1e8487189885347663d94fcdfd3b4e111747bb326a", layer.DiffId);
        Assert.Equal("sha256:31b751cd0b71132e97366844edac9519b298d8c7cd813246f403e3b3f3ff0421", layer.Blob.Descriptor.Digest);
        using var gzip = new GZipStream(File.OpenRead(layer.Blob.Location), CompressionMode.Decompress);
        using var tar = new MemoryStream();
        gzip.CopyTo(tar);
        Assert.Equal(layer.DiffId, Digest.Of(tar.ToArray()));
    }

    [Theory]
    [InlineData(5_000_000_000)]
    [InlineData(9_000_000_000)]
    public void Tar_HugeFile_HasItsSize(long size)
    {
        var head = new MemoryStream();

        Assert.Throws<IOException>(() => new TarWriter(head).WriteFile(
            "huge", isProgram: false, size, new MemoryStream(new byte[10]), default));

        head.Write(new byte[4096]);
        head.Position = 0;
        using var reader = new TarReader(new LongStream(head.ToArray(), size + 8192));
        Assert.Equal(size, reader.GetNextEntry()!.Length);
    }

    [Fact]
    public void Create_UnreadableOrShrinkingContent_IsSaid()
    {
        var error = Assert.Throws<IOException>(() =>
            new TarWriter(Stream.Null).WriteFile("f", isProgram: false, 3, new MemoryStream(new byte[4]), default));

        Assert.Contains("longer", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("/a/../b")]
    public void WorkingFolder_Wrong_IsRefused(string given) =>
        Assert.Contains(given, Assert.Throws<ImageBuildException>(() => WorkingFolder.Normalise(given)).Message, StringComparison.Ordinal);

    private Dictionary<string, TarEntry> Entries(string source, string workingDir)
    {
        using var layer = CodeLayer.Create(SourceFolder.Read(source, default), workingDir, SampleRunner.CacheIn(_cache.Location), default);
        using var stream = File.OpenRead(layer.Blob.Location);
        using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new TarReader(gzip);
        var entries = new Dictionary<string, TarEntry>();
        while (reader.GetNextEntry() is { } entry)
        {
            entries.Add(entry.Name, entry);
        }

        return entries;
    }

    private string Tree(string name, bool reverse)
    {
        var root = Directory.CreateDirectory(_folder[name]).FullName;
        Action[] steps =
        [
            () => File.WriteAllText(Path.Combine(root, "b.txt"), "b"),
            () => File.WriteAllText(Path.Combine(root, "a.txt"), "a"),
            () => Directory.CreateDirectory(Path.Combine(root, "empty")),
            () => File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(root, "grüße")).FullName, "日本語.txt"), "ü"),
            () => File.CreateSymbolicLink(Path.Combine(root, "link"), "b.txt"),
            () =>
            {
                File.WriteAllText(Path.Combine(root, "run.sh"), "#!/bin/sh\n");
                File.SetUnixFileMode(Path.Combine(root, "run.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
            },
        ];
        foreach (var step in reverse ? steps.Reverse() : steps)
        {
            step();
        }

        return root;
    }
}
