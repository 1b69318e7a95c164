using System.IO.Compression;
using Microsoft.Extensions.Time.Testing;
using RunAi.Content;
using RunAi.Images;

namespace RunAi.Tests.Images;

/// <summary>Of code that changed only the blocks that changed are compressed again, and the layer is the same as if all were.</summary>
public sealed class KeptBlocksTests : IDisposable
{
    private const int Files = 60;
    private const int FileSize = 40_000;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    public KeptBlocksTests()
    {
        Directory.CreateDirectory(Source);
        var random = new Random(5);
        for (var i = 0; i < Files; i++)
        {
            Write(i, string.Concat(Enumerable.Range(0, FileSize / 8).Select(_ => $"{random.Next(10_000_000):0000000} ")));
        }
    }

    private string Source => _folder["src"];

    private string Cache => _folder["cache"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("a line more\n")]
    public void ChangedFile_ChangesFewBlocksAndTheLayerIsTheSameAsWithoutACache(string more)
    {
        var before = Pack(Cache).Blocks;
        Write(7, "print(7)\n" + more);

        var (digest, after) = Pack(Cache);

        Assert.Equal(Pack(_folder["other"]).Digest, digest);
        Assert.InRange(after.Count, 5, Files);
        Assert.InRange(after.Select(block => block.Key).Except(before.Select(block => block.Key)).Count(), 1, 3);
    }

    [Fact]
    public void Blocks_AreTakenFromTheKeptLayer()
    {
        var layer = Pack(Cache);
        var file = Assert.Single(Layers());
        using var kept = new KeptBlocks([file], _ => true);

        Assert.All(layer.Blocks, block => Assert.Equal(
            File.ReadAllBytes(file).AsSpan((int)block.Offset, block.Length).ToArray(), kept.Find(block.Key)));
        Assert.Null(kept.Find(new BlockKey(1, 2)));
    }

    [Fact]
    public void LayerThatWasDamaged_IsNotTakenFrom()
    {
        Pack(Cache);
        var file = Assert.Single(Layers());
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        Write(7, "print(7)\n");

        var digest = Pack(Cache).Digest;

        Assert.Equal(Pack(_folder["other"]).Digest, digest);
    }

    [SkippableFact]
    public void FolderThatCannotBeListed_KeepsNothingAndHindersNothing()
    {
        Skip.If(Environment.UserName == "root" || Path.DirectorySeparatorChar == '\\', "No permission keeps this user out.");
        var expected = Pack(Cache).Digest;
        File.SetUnixFileMode(Path.Combine(Cache, "code"), UnixFileMode.None);
        try
        {
            using var layer = CodeLayer.Create(
                SourceFolder.Read(Source, default), "/workspace", new LayerCache(Cache, _time), default);

            Assert.Equal(expected, layer.Blob.Descriptor.Digest);
        }
        finally
        {
            File.SetUnixFileMode(Path.Combine(Cache, "code"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(-1)]
    public void IndexThatWasDamaged_IsNone(int at)
    {
        Pack(Cache);
        var index = Assert.Single(Layers()) + BlockIndex.Extension;
        var bytes = File.ReadAllBytes(index);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        File.WriteAllBytes(index, bytes);

        Assert.Empty(BlockIndex.Read(Assert.Single(Layers())));
    }

    [Fact]
    public void IndexOfALayerThatIsThrownAway_GoesWithIt()
    {
        Pack(Cache);
        for (var i = 0; i < 6; i++)
        {
            _time.Advance(TimeSpan.FromHours(2));
            Write(i, "print()\n");
            Pack(Cache);
        }

        Assert.InRange(Layers().Length, 1, 5);
        Assert.Equal(Layers().Order(), Directory.GetFiles(Path.Combine(Cache, "code"), "*" + BlockIndex.Extension).Select(Layer).Order());

        static string Layer(string index) => index[..^BlockIndex.Extension.Length];
    }

    private string[] Layers() => Directory.GetFiles(Path.Combine(Cache, "code"), "*.tar.gz");

    private (string Digest, IReadOnlyList<PackedBlock> Blocks) Pack(string cache)
    {
        using var layer = CodeLayer.Create(SourceFolder.Read(Source, default), "/workspace", new LayerCache(cache, _time), default);
        using var stream = File.OpenRead(layer.Blob.Location);
        using var gzip = new GZipStream(stream, CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        Assert.Equal(layer.DiffId, Digest.Of(content.ToArray()));

        // On Mono, the compressor gives other bytes now and then, which say the same.
        return (Edition.IsDesktop ? layer.DiffId : layer.Blob.Descriptor.Digest, BlockIndex.Read(layer.Blob.Location));
    }

    private void Write(int number, string text) => File.WriteAllText(Path.Combine(Source, $"{number:000}.py"), text);
}
