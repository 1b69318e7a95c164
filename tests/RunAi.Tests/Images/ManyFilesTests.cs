using System.Formats.Tar;
using System.IO.Compression;
using RunAi.Images;

namespace RunAi.Tests.Images;

/// <summary>A folder of very many files as a layer.</summary>
public sealed class ManyFilesTests : IDisposable
{
    private const int Folders = 50;
    private const int FilesInEach = 1_000;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _cache = new();

    public void Dispose()
    {
        _folder.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public void FiftyThousandFiles_AreAllThereInOrder()
    {
        for (var i = 0; i < Folders; i++)
        {
            var folder = Directory.CreateDirectory(_folder[$"{i:000}"]).FullName;
            for (var j = 0; j < FilesInEach; j++)
            {
                File.WriteAllBytes(Path.Combine(folder, $"{j:0000}.txt"), [(byte)i, (byte)j]);
            }
        }

        using var layer = CodeLayer.Create(
            SourceFolder.Read(_folder.Location, default), "/workspace", SampleRunner.CacheIn(_cache.Location), default);

        using var reader = new TarReader(new GZipStream(File.OpenRead(layer.Blob.Location), CompressionMode.Decompress));
        var files = 0;
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile)
            {
                Assert.Equal($"workspace/{files / FilesInEach:000}/{files % FilesInEach:0000}.txt", entry.Name);
                Assert.Equal(
                    (files / FilesInEach, (byte)(files % FilesInEach)), (entry.DataStream!.ReadByte(), (byte)entry.DataStream.ReadByte()));
                files++;
            }
        }

        Assert.Equal(Folders * FilesInEach, files);
    }
}
