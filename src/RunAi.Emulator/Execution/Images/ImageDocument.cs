using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Execution.Images;

/// <summary>One platform's image: its configuration and its layers, each beside what the configuration tells of it.</summary>
internal sealed class ImageDocument
{
    /// <summary>How the history of an image begins to tell of a layer that RunAi put on top.</summary>
    public const string OwnLayer = "RunAi:";

    private const int LargestConfig = 8 << 20;

    private readonly JsonNode _config;

    private ImageDocument(string digest, byte[] configBytes, JsonNode config, IReadOnlyList<Descriptor> layers)
    {
        (Digest, ConfigBytes, _config, Layers) = (digest, configBytes, config, layers);
        DiffIds = [.. (config["rootfs"]?["diff_ids"] as JsonArray ?? []).Select(id => (string?)id ?? "")];
        if (DiffIds.Count != layers.Count)
        {
            throw new ImageException($"the manifest has {layers.Count} layers, but the configuration tells of {DiffIds.Count}");
        }
    }

    /// <summary>The digest of its manifest.</summary>
    public string Digest { get; }

    public byte[] ConfigBytes { get; }

    public IReadOnlyList<Descriptor> Layers { get; }

    /// <summary>The digests of the layers' archives once unpacked.</summary>
    public IReadOnlyList<string> DiffIds { get; }

    public ImageConfig Config => ImageConfig.Read(_config);

    /// <summary>Reads it, and checks the digests of all that is read.</summary>
    /// <exception cref="ImageException">It is not there, is malformed, or does not match its digest.</exception>
    public static async Task<ImageDocument> ReadAsync(IImageSource source, ImageName name, CancellationToken cancellation)
    {
        try
        {
            var bytes = await ManifestAsync(source, name.Reference, cancellation).ConfigureAwait(false);
            if (bytes.Json["manifests"] is JsonArray platforms)
            {
                bytes = await ManifestAsync(source, Descriptor.Read(Choose(platforms)).Digest, cancellation).ConfigureAwait(false);
            }

            if (bytes.Json["layers"] is not JsonArray layers)
            {
                throw new ImageException("its manifest names no layers; manifests of schema 2 and of OCI are understood");
            }

            var config = await ConfigAsync(source, Descriptor.Read(bytes.Json["config"]), cancellation).ConfigureAwait(false);
            return new ImageDocument(
                bytes.Digest, config, JsonNode.Parse(config) ?? throw new JsonException(), [.. layers.Select(Descriptor.Read)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ImageException("its manifest or configuration is malformed", e);
        }
    }

    /// <summary>
    /// The indexes of the layers that RunAi added, by the history. An image that has no history tells nothing apart, so it
    /// is all of them.
    /// </summary>
    /// <exception cref="ImageException">The history does not fit the layers.</exception>
    public IReadOnlyList<int> OwnLayers()
    {
        if (_config["history"] is not JsonArray { Count: > 0 } history)
        {
            return [.. Enumerable.Range(0, Layers.Count)];
        }

        var told = history.Where(entry => (bool?)entry?["empty_layer"] != true)
            .Select(entry => (string?)entry?["created_by"] ?? "").ToList();
        return told.Count == Layers.Count
            ? [.. Enumerable.Range(0, told.Count).Where(i => told[i].StartsWith(OwnLayer, StringComparison.Ordinal))]
            : throw new ImageException($"the manifest has {Layers.Count} layers, but the history tells of {told.Count}");
    }

    private static async Task<(string Digest, JsonNode Json)> ManifestAsync(
        IImageSource source, string? reference, CancellationToken cancellation)
    {
        var bytes = await source.ManifestAsync(reference, cancellation).ConfigureAwait(false);
        var digest = DigestOf(bytes);
        return reference?.StartsWith("sha256:", StringComparison.Ordinal) == true && reference != digest
            ? throw new ImageException($"the manifest {reference} has another content: its digest is {digest}")
            : (digest, JsonNode.Parse(bytes) ?? throw new JsonException());
    }

    private static async Task<byte[]> ConfigAsync(IImageSource source, Descriptor blob, CancellationToken cancellation)
    {
        if (blob.Size > LargestConfig)
        {
            throw new ImageException($"its configuration is larger than {LargestConfig >> 20} MiB");
        }

        var bytes = new byte[blob.Size];
        var content = await source.OpenBlobAsync(blob, cancellation).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var read = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
            return read == bytes.Length && DigestOf(bytes) == blob.Digest
                ? bytes
                : throw new ImageException($"the configuration {blob.Digest} has another content");
        }
    }

    /// <summary>Linux on this machine's processor, else on x64, else whatever comes first.</summary>
    private static JsonNode? Choose(JsonArray platforms)
    {
        var here = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        return Of(here) ?? Of("amd64") ?? platforms.FirstOrDefault();

        JsonNode? Of(string architecture) => platforms.FirstOrDefault(entry =>
            (string?)entry?["platform"]?["os"] == "linux" && (string?)entry["platform"]!["architecture"] == architecture);
    }

    private static string DigestOf(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
