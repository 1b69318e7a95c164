using System.IO.Compression;
using RunAi.Content;
using RunAi.Images;
using TarReader = System.Formats.Tar.TarReader;

namespace RunAi.Tests.Images;

public sealed class RunnerLayerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_Files_AreBesideEachOtherAndExecutableByContent()
    {
        using var layer = SampleRunner.In(_folder.Location).Create(ImagePlatform.Default, default);

        using var gzip = new GZipStream(layer.Blob.Open(), CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        var entries = new List<(string, string)>();
        while (tar.GetNextEntry() is { } entry)
        {
            entries.Add((entry.Name, Convert.ToString((int)entry.Mode, 8)));
        }

        Assert.Equal([(".runai/", "755"), (".runai/notes.txt", "644"), (".runai/step-runner", "755")], entries);
    }

    [Fact]
    public void Create_SecondTime_TakesTheCompressedLayerThatIsKept()
    {
        var runner = SampleRunner.In(_folder.Location);
        using var first = runner.Create(ImagePlatform.Default, default);
        var modified = File.GetUnixFileMode(first.Blob.Location);
        File.SetUnixFileMode(first.Blob.Location, modified | UnixFileMode.OtherRead);

        using var second = runner.Create(ImagePlatform.Default, default);

        Assert.Equal(first.Blob.Location, second.Blob.Location);
        Assert.Equal(modified | UnixFileMode.OtherRead, File.GetUnixFileMode(second.Blob.Location));
        Assert.Single(Directory.GetFiles(_folder["cache"]));
    }

    [Fact]
    public void Create_KeptLayerDamaged_IsMadeAnew()
    {
        var runner = SampleRunner.In(_folder.Location);
        string digest;
        using (var first = runner.Create(ImagePlatform.Default, default))
        {
            digest = first.Blob.Descriptor.Digest;
            File.WriteAllText(first.Blob.Location, "cut");
        }

        using var second = runner.Create(ImagePlatform.Default, default);

        Assert.Equal(digest, second.Blob.Descriptor.Digest);
        Assert.Equal(digest, Digest.Of(File.ReadAllBytes(second.Blob.Location)));
    }

    [Fact]
    public void Create_CacheThatCannotBeWritten_WorksWithoutIt()
    {
        File.WriteAllText(_folder["cache"], "a file where the folder would be");

        using var layer = SampleRunner.In(_folder.Location).Create(ImagePlatform.Default, default);

        Assert.Equal(layer.Blob.Descriptor.Digest, Digest.Of(File.ReadAllBytes(layer.Blob.Location)));
    }

    [Theory]
    [InlineData("linux/arm64")]
    [InlineData("windows/amd64")]
    public void Create_NoRunnerForThePlatform_SaysSo(string platform)
    {
        var error = Assert.Throws<ImageBuildException>(() => SampleRunner.In(_folder.Location).Create(
            ImagePlatform.Parse(platform), default));

        Assert.Equal(ErrorIds.MissingDependency, error.ErrorId);
        Assert.Contains(platform, error.Message, StringComparison.Ordinal);
    }
}
