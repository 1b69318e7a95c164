using Microsoft.Extensions.Time.Testing;
using RunAi.Files;
using RunAi.Images;

namespace RunAi.Tests.Images;

/// <summary>Layers of what has not changed are neither read nor compressed again, and what has changed always is.</summary>
public sealed class LayerCacheTests : IDisposable
{
    private static readonly DateTime Earlier = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1));

    public LayerCacheTests() => Directory.CreateDirectory(Source);

    private string Source => _folder["src"];

    private string Code => Path.Combine(Source, "train.py");

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Unchanged_IsNotReadAgain()
    {
        Write("print(1)");
        Skip.If(FileStatus.ChangedAt(Code) is null, "This system does not tell when anything of a file changed.");
        var first = Layer();

        var listing = SourceFolder.Read(Source, default);
        File.Delete(Code);

        using var again = CodeLayer.Create(listing, "/workspace", new LayerCache(_folder["cache"], _time), default);
        Assert.Equal(first, again.DiffId);
    }

    [Fact]
    public void OverwrittenByTheSameSize_WithItsTimePutBack_IsReadAgain()
    {
        Write("print(1)");
        var first = Layer();

        Overwrite("print(2)");

        Assert.NotEqual(first, Layer());
    }

    [Fact]
    public void ReplacedByAFileOfTheSameSizeAndTime_IsReadAgain()
    {
        Write("print(1)");
        Write("print(2)", name: "other.txt");
        var first = Layer();

        File.Move(Path.Combine(Source, "other.txt"), Code, overwrite: true);

        Assert.NotEqual(first, Layer());
    }

    [Fact]
    public void ChangedJustNow_IsReadAlsoWhenNothingShows()
    {
        Write("print(1)");
        var listing = SourceFolder.Read(Source, default);
        var now = new LayerCache(_folder["cache"], new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        CodeLayer.Create(listing, "/workspace", now, default).Dispose();

        Overwrite("print(2)");

        using var changed = CodeLayer.Create(listing, "/workspace", now, default);
        Assert.Equal(Layer(), changed.DiffId);
    }

    [Fact]
    public void OtherPlaceInTheImage_IsAnotherLayer()
    {
        Write("print(1)");

        Assert.NotEqual(Layer(), Layer(workingDir: "/app"));
    }

    [Fact]
    public void DamagedLayer_IsMadeAnew()
    {
        Write("print(1)");
        var first = Layer();
        foreach (var blob in Blobs())
        {
            File.WriteAllText(blob, "damaged");
        }

        Assert.Equal(first, Layer());
    }

    [Fact]
    public void LayersOfCode_AreKeptForAnHour_AndThenTheLastFour()
    {
        for (var i = 0; i < 9; i++)
        {
            var at = Earlier.AddDays(200).AddMinutes(5 * i);
            Write($"print({i})");
            Layer(new LayerCache(_folder["cache"], new FakeTimeProvider(new DateTimeOffset(at))));
            File.SetLastWriteTimeUtc(Blobs().OrderBy(File.GetLastWriteTimeUtc).Last(), at);
        }

        Assert.Equal(9, Blobs().Length);
        Write("print(9)");
        Layer(new LayerCache(_folder["cache"], new FakeTimeProvider(new DateTimeOffset(Earlier.AddDays(201)))));

        Assert.Equal(5, Blobs().Length);
    }

    private string[] Blobs() => Directory.GetFiles(Path.Combine(_folder["cache"], "code"), "*.tar.gz");

    private string Layer(LayerCache? cache = null, string workingDir = "/workspace")
    {
        using var layer = CodeLayer.Create(
            SourceFolder.Read(Source, default), workingDir, cache ?? new LayerCache(_folder["cache"], _time), default);
        Assert.True(File.Exists(layer.Blob.Location));
        return layer.DiffId;
    }

    private void Write(string text, DateTime? at = null, string name = "train.py")
    {
        File.WriteAllText(Path.Combine(Source, name), text);
        File.SetLastWriteTimeUtc(Path.Combine(Source, name), at ?? Earlier);
    }

    /// <summary>Changes the file that is there, and puts its time back.</summary>
    private void Overwrite(string text)
    {
        using (var file = new FileStream(Code, FileMode.Open, FileAccess.Write))
        {
            var bytes = System.Text.Encoding.ASCII.GetBytes(text);
            file.Write(bytes, 0, bytes.Length);
            file.SetLength(bytes.Length);
        }

        File.SetLastWriteTimeUtc(Code, Earlier);
    }
}
