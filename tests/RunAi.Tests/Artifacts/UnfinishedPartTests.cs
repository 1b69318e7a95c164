using RunAi.Artifacts;
using RunAi.Content;

namespace RunAi.Tests.Artifacts;

/// <summary>What a save that was killed leaves beside its destination.</summary>
public sealed class UnfinishedPartTests : IDisposable
{
    private const string Left = ".runai-part-0123456789abcdef0123456789abcdef";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KilledSave_IsSweptByTheNext_AndAYoungOneStays()
    {
        var library = new ArtifactLibrary(new FileStore(StoreAddress.Read(new Uri(_folder["store"]).AbsoluteUri, null, out _)!));
        Directory.CreateDirectory(_folder["in"]);
        File.WriteAllText(_folder["in/a.txt"], "a");
        var artifact = await library.PublishAsync(_folder["in"], "in", _ => { }, default);
        var young = Leave("out", ".runai-part-fedcba9876543210fedcba9876543210", days: 0);
        var old = Leave("out", Left, days: 2);

        await library.SaveAsync(artifact, _folder["out/saved"], force: false, _ => { }, default);

        Assert.Equal((false, true, true), (Directory.Exists(old), Directory.Exists(young), File.Exists(_folder["out/saved/a.txt"])));
    }

    [Fact]
    public void Leftovers_TravelOnNeitherInArtifactsNorInImages()
    {
        Leave("in", Left, days: 0);
        File.WriteAllText(_folder["in/.runai-part-notes"], "mine");

        Assert.Equal([".runai-part-notes"], SourceTree.Read(_folder["in"], default).Entries.Select(entry => entry.Name));
        Assert.Equal([".runai-part-notes"], SourceTree.ReadAll(_folder["in"], default).Entries.Select(entry => entry.Name));
    }

    [Theory]
    [InlineData(1, "longer")]
    [InlineData(-1, "shorter")]
    public async Task File_ThatGrowsOrShrinksWhileItIsPublished_IsSaidSo(int change, string words)
    {
        var file = _folder["grows.bin"];
        var changes = 0;
        File.WriteAllBytes(file, new byte[(8 << 20) + 10]);
        var library = new ArtifactLibrary(new FileStore(StoreAddress.Read(new Uri(_folder["store"]).AbsoluteUri, null, out _)!));

        var error = await Assert.ThrowsAsync<ArtifactException>(() => library.PublishAsync(
            file,
            "grows",
            told =>
            {
                if (told.Activity == "Uploading" && told.Done > 0 && changes++ == 0)
                {
                    using var open = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
                    open.SetLength(open.Length + change);
                }
            },
            default));

        Assert.Contains($"became {words} while it was read", error.Message, StringComparison.Ordinal);
    }

    private string Leave(string folder, string name, int days)
    {
        var part = Directory.CreateDirectory(_folder[$"{folder}/{name}"]).FullName;
        var content = Path.Combine(part, "content");
        File.WriteAllText(content, "half");
        var time = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-days);
        File.SetLastWriteTimeUtc(content, time);
        Directory.SetLastWriteTimeUtc(part, time);
        return part;
    }
}
