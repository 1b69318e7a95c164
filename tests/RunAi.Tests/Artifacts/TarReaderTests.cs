using System.Text;
using RunAi.Content;

namespace RunAi.Tests.Artifacts;

/// <summary>The tar reader on archives made byte by byte, given as the store gives them: front to back, a few bytes at a time.</summary>
public sealed class TarReaderTests : IDisposable
{
    private readonly RawTar _tar = new();

    public void Dispose() => _tar.Dispose();

    [Fact]
    public void Read_StreamThatCannotSeek_GivesEntriesAndContents()
    {
        _tar.Entry("folder/", '5').Entry("folder/a", '0', "hello").Entry("empty", '0').Entry("run", '0', "#!", mode: "0000755")
            .Entry("link", '2', link: "folder/a");

        var items = Read();

        Assert.Equal(
            [("folder/", TarItemKind.Folder, ""), ("folder/a", TarItemKind.File, "hello"), ("empty", TarItemKind.File, ""),
                ("run", TarItemKind.File, "#!"), ("link", TarItemKind.Link, "")],
            items.Select(item => (item.Item.Name, item.Item.Kind, item.Text)));
        Assert.Equal("folder/a", items[4].Item.LinkTarget);
        Assert.Equal([false, false, false, true, false], items.Select(item => item.Item.IsProgram));
    }

    [Theory]
    [InlineData('1')]
    [InlineData('3')]
    [InlineData('4')]
    [InlineData('6')]
    [InlineData('S')]
    public void Read_HardLinksDevicesPipesAndSparseFiles_AreNoFiles(char type) =>
        Assert.Equal(TarItemKind.Other, Assert.Single(Read(_tar.Entry("x", type))).Item.Kind);

    [Fact]
    public void Read_ContentsThatNobodyRead_AreSkipped()
    {
        _tar.Entry("a", '0', new string('a', 1500)).Entry("b", '0', "b");

        Assert.Equal(["a", "b"], TarReader.Read(new TrickleStream(_tar.Finish())).Select(item => item.Name));
    }

    [Fact]
    public void Read_PaxNamesSizesAndLinks_Count()
    {
        var name = new string('n', 150) + "/é";
        _tar.Pax(("path", name), ("size", "5"), ("mtime", "1.5")).Entry("short", '0', "hello", size: 0)
            .Pax(("linkpath", "ü")).Entry("link", '2', link: "_").Entry("after", '0', "x");

        var items = Read();

        Assert.Equal([(name, "hello"), ("link", ""), ("after", "x")], items.Select(item => (item.Item.Name, item.Text)));
        Assert.Equal("ü", items[1].Item.LinkTarget);
    }

    [Fact]
    public void Read_GlobalHeader_IsPassedOver()
    {
        _tar.Entry("global", 'g', "20 comment=whatever\n").Entry("a", '0', "a");

        Assert.Equal(["a"], Read().Select(item => item.Item.Name));
    }

    [Fact]
    public void Read_GnuLongNamesAndUstarPrefixes_Count()
    {
        var name = new string('g', 180);
        _tar.Entry("././@LongLink", 'L', name + "\0").Entry(name[..100], '0', "a").Entry("file", '0', "b", prefix: "some/folder");

        Assert.Equal([name, "some/folder/file"], Read().Select(item => item.Item.Name));
    }

    [Fact]
    public void Read_PaxSparseFile_IsNoFile() =>
        Assert.Equal(TarItemKind.Other, Assert.Single(Read(_tar.Pax(("GNU.sparse.major", "1")).Entry("a", '0', "a"))).Item.Kind);

    [Fact]
    public void Read_SizeInBinary_IsTakenAndTooLargeOnesRefused()
    {
        Assert.Equal(3, Assert.Single(Read(_tar.Entry("a", '0', "abc", binarySize: true))).Item.Size);

        using var other = new RawTar();
        var large = other.Entry("a", '0', "abc").Finish();
        for (var at = 124; at < 136; at++)
        {
            large[at] = at == 124 ? (byte)0x80 : (byte)0xFF;
        }

        RawTar.Sum(large, 0);
        Assert.Throws<InvalidDataException>(() => TarReader.Read(new TrickleStream(large)).ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(300)]
    [InlineData(515)]
    [InlineData(1024)]
    public void Read_CutShort_Fails(int length)
    {
        var whole = _tar.Entry("a", '0', "hello").Finish();

        Assert.Throws<EndOfStreamException>(() => TarReader.Read(new TrickleStream(whole.AsSpan(0, length).ToArray())).ToArray());
    }

    [Theory]
    [InlineData("5 a=b\n")]
    [InlineData("9 path=x")]
    [InlineData("x path=x\n")]
    [InlineData("99999999999 path=x\n")]
    [InlineData("9 path+xx\n")]
    [InlineData("10 size=x\n")]
    public void Read_ExtendedHeaderOfAnotherForm_Fails(string records) =>
        Assert.Throws<InvalidDataException>(() => Read(_tar.Entry("x", 'x', records).Entry("a", '0', "a")));

    [Fact]
    public void Read_ExtendedHeaderBeyondAllMeasure_FailsWithoutReadingIt() =>
        Assert.Throws<InvalidDataException>(() => Read(_tar.Entry("x", 'x', "", size: 1L << 32)));

    [Fact]
    public void Read_WrongChecksum_Fails()
    {
        var bytes = _tar.Entry("a", '0', "hello").Finish();
        bytes[0] = (byte)'b';

        Assert.Throws<InvalidDataException>(() => TarReader.Read(new TrickleStream(bytes)).ToArray());
    }

    private List<(TarItem Item, string Text)> Read(RawTar? tar = null) =>
        [.. TarReader.Read(new TrickleStream((tar ?? _tar).Finish()))
            .Select(item => (item, item.Content is { } content ? new StreamReader(content, Encoding.UTF8).ReadToEnd() : ""))];
}
