using RunAi.Artifacts;
using RunAi.Images;
using RunAi.Tests.Artifacts;

namespace RunAi.Editions;

/// <summary>Random folders, and what an edition makes of each: the image layer and the artifact.</summary>
internal static class FolderSamples
{
    public const int Count = 24;

    private static readonly string[] Names =
    [
        "a", "B", "grüße", "日本語.txt", "with blank", "x.py", "🙂", "run.sh", new string('n', 120), ".hidden",
    ];

    /// <summary>Makes the folders of a seed below another.</summary>
    public static void Make(string below)
    {
        for (var number = 0; number < Count; number++)
        {
            Fill(Directory.CreateDirectory(Path.Combine(below, Name(number))).FullName, new SampleRandom(1000 + (ulong)number), depth: 0);
        }
    }

    /// <summary>
    /// Publishes each folder, and one file of its own, to a store of files; one line for each with the layer's and the artifacts' digests.
    /// </summary>
    public static async Task<IReadOnlyList<string>> PublishAsync(string below, string storeFolder)
    {
        var library = await OpenAsync(storeFolder).ConfigureAwait(false);
        var lines = new List<string>();
        for (var number = 0; number < Count; number++)
        {
            var folder = Path.Combine(below, Name(number));
            using var layer = CodeLayer.Create(
                SourceFolder.Read(folder, CancellationToken.None), "/workspace",
                new LayerCache(Path.Combine(storeFolder, "layers"), TimeProvider.System), CancellationToken.None);
            var file = Path.Combine(below, Name(number) + ".bin");
            File.WriteAllBytes(file, new SampleRandom(5000 + (ulong)number).Bytes(1 + (number * 4099)));
            var folderArtifact = await library.PublishAsync(folder, Name(number), _ => { }, CancellationToken.None).ConfigureAwait(false);
            var fileArtifact = await library.PublishAsync(
                file, Name(number) + "-file", _ => { }, CancellationToken.None).ConfigureAwait(false);
            lines.Add(string.Join("\t", number, layer.DiffId, layer.Blob.Descriptor.Digest, folderArtifact.Digest, fileArtifact.Digest));
        }

        return lines;
    }

    /// <summary>
    /// Saves every artifact of a store into folders below another; one line for each with the digest of what lies there now.
    /// </summary>
    public static async Task<IReadOnlyList<string>> SaveAsync(string storeFolder, string below)
    {
        var library = await OpenAsync(storeFolder).ConfigureAwait(false);
        var lines = new List<string>();
        foreach (var artifact in await library.ListAsync("*", CancellationToken.None).ConfigureAwait(false))
        {
            var target = Path.Combine(below, artifact.Name);
            await library.SaveAsync(artifact, target, force: false, _ => { }, CancellationToken.None).ConfigureAwait(false);
            var content = artifact.Name.EndsWith("-file", StringComparison.Ordinal) ? Directory.GetFiles(target).Single() : target;
            var saved = await ArtifactLibrary.MeasureAsync(
                ArtifactSource.Of(content, CancellationToken.None), artifact.Name, CancellationToken.None).ConfigureAwait(false);
            lines.Add(string.Join("\t", artifact.Name, artifact.Digest, saved.Digest));
        }

        return lines;
    }

    private static string Name(int number) => "folder" + number.ToString("00", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<ArtifactLibrary> OpenAsync(string folder) =>
        new(await OpenedStore.OpenAsync(new ArtifactStore { Name = "files", Uri = new Uri(folder).AbsoluteUri }).ConfigureAwait(false));

    private static void Fill(string folder, SampleRandom random, int depth)
    {
        foreach (var name in Names.Where(_ => random.OneIn(2)))
        {
            var path = Path.Combine(folder, name);
            if (depth < 3 && random.OneIn(3))
            {
                Fill(Directory.CreateDirectory(path).FullName, random, depth + 1);
            }
            else
            {
                // No "#!" and no ELF mark at its start: who may run a file is decided by different signs on the two systems.
                File.WriteAllBytes(path, [0, .. random.Bytes(random.Of(0, 1, 511, 512, 513, 10_000))]);
            }
        }
    }
}
