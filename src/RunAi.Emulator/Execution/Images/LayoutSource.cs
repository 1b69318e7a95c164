using System.Text.Json.Nodes;

namespace RunAi.Emulator.Execution.Images;

/// <summary>An OCI image layout folder, version 1.0.0.</summary>
internal sealed class LayoutSource(string folder) : IImageSource
{
    public async Task<byte[]> ManifestAsync(string? reference, CancellationToken cancellation)
    {
        var index = Path.Combine(folder, "index.json");
        if (!File.Exists(index))
        {
            throw new ImageException($"there is no OCI image layout in {folder}: it has no index.json");
        }

        if (reference is null)
        {
            return await OnlyAsync(index, cancellation).ConfigureAwait(false);
        }

        if (!reference.StartsWith("sha256:", StringComparison.Ordinal))
        {
            reference = await DigestOfAsync(index, reference, cancellation).ConfigureAwait(false)
                ?? throw new ImageException($"{folder} has no image with the tag '{reference}'");
        }

        return await File.ReadAllBytesAsync(FileOf(reference), cancellation).ConfigureAwait(false);
    }

    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellation) =>
        Task.FromResult<Stream>(File.OpenRead(FileOf(blob.Digest)));

    /// <summary>The one image of the layout; the index itself when its images are one for several platforms.</summary>
    private async Task<byte[]> OnlyAsync(string index, CancellationToken cancellation)
    {
        var bytes = await File.ReadAllBytesAsync(index, cancellation).ConfigureAwait(false);
        var entries = Entries(bytes);
        var digests = entries.Select(entry => (string?)entry["digest"]).Distinct().ToList();
        return digests switch
        {
            [{ } digest] => await File.ReadAllBytesAsync(FileOf(digest), cancellation).ConfigureAwait(false),
            [] => throw new ImageException($"there is no image in {folder}"),
            _ when entries.All(entry => entry["platform"] is JsonObject) => bytes,
            _ => throw new ImageException($"there are {digests.Count} images in {folder}; name one as oci:PATH:TAG or oci:PATH@DIGEST"),
        };
    }

    private static async Task<string?> DigestOfAsync(string index, string tag, CancellationToken cancellation) =>
        (string?)Entries(await File.ReadAllBytesAsync(index, cancellation).ConfigureAwait(false))
            .FirstOrDefault(entry => (string?)entry["annotations"]?["org.opencontainers.image.ref.name"] == tag)?["digest"];

    private static List<JsonNode> Entries(byte[] index) => [.. (JsonNode.Parse(index)?["manifests"] as JsonArray ?? []).OfType<JsonNode>()];

    private string FileOf(string digest)
    {
        var file = Path.Combine(folder, "blobs", "sha256", Path.GetFileName(digest["sha256:".Length..]));
        return File.Exists(file) ? file : throw new ImageException($"{folder} has no blob {digest}");
    }
}
