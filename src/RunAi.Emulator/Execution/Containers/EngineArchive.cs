using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using RunAi.Emulator.Execution.Images;

namespace RunAi.Emulator.Execution.Containers;

/// <summary>
/// An image as the archive that <c>docker load</c> takes, and Podman too: its configuration, its unpacked layers, and a manifest.json.
/// </summary>
internal static class EngineArchive
{
    /// <summary>The name a loaded image gets. It says the image's content, so a name that is there need not be loaded again.</summary>
    public static string NameOf(ImageDocument image) => $"localhost/runai-emulator:{image.Digest["sha256:".Length..]}";

    /// <summary>Writes the archive to a file.</summary>
    /// <param name="image">The image.</param>
    /// <param name="blobs">The files of its layers' blobs, in order.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ImageException">A layer is not what the configuration says.</exception>
    public static async Task WriteAsync(ImageDocument image, IReadOnlyList<string> blobs, string path, CancellationToken cancellation)
    {
        var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        await using (file.ConfigureAwait(false))
        {
            var archive = new TarWriter(file, TarEntryFormat.Pax, leaveOpen: true);
            await using (archive.ConfigureAwait(false))
            {
                await AddAsync(archive, "config.json", new MemoryStream(image.ConfigBytes), cancellation).ConfigureAwait(false);
                var names = new JsonArray();
                for (var i = 0; i < blobs.Count; i++)
                {
                    // The same layer may stand in an image twice.
                    var name = $"{i}-{image.DiffIds[i]["sha256:".Length..]}.tar";
                    await AddLayerAsync(archive, name, blobs[i], image.DiffIds[i], path + ".layer", cancellation).ConfigureAwait(false);
                    names.Add(name);
                }

                var manifest = new JsonArray(
                    new JsonObject { ["Config"] = "config.json", ["RepoTags"] = new JsonArray(NameOf(image)), ["Layers"] = names });
                await AddAsync(
                    archive, "manifest.json", new MemoryStream(Encoding.UTF8.GetBytes(manifest.ToJsonString())),
                    cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>An archive's header tells the size first, so the layer is unpacked to a file.</summary>
    private static async Task AddLayerAsync(
        TarWriter archive, string name, string blob, string diffId, string scratch, CancellationToken cancellation)
    {
        var unpacked = new FileStream(scratch, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        await using (unpacked.ConfigureAwait(false))
        {
            var layer = new HashingStream(LayerBlobs.OpenArchive(blob));
            await using (layer.ConfigureAwait(false))
            {
                await layer.CopyToAsync(unpacked, cancellation).ConfigureAwait(false);
                if (await layer.DigestAsync(cancellation).ConfigureAwait(false) != diffId)
                {
                    throw new ImageException($"a layer holds another archive than {diffId}, which the configuration says");
                }
            }

            unpacked.Position = 0;
            await AddAsync(archive, name, unpacked, cancellation).ConfigureAwait(false);
        }
    }

    private static Task AddAsync(TarWriter archive, string name, Stream content, CancellationToken cancellation) =>
        archive.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content }, cancellation);
}
