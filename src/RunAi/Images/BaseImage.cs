using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Content;
using RunAi.Json;

namespace RunAi.Images;

/// <summary>The image that layers are put on: its manifest and configuration for one platform.</summary>
internal sealed class BaseImage
{
    private BaseImage(ManifestDocument manifest, JObject config, IReadOnlyList<BlobDescriptor> layers)
    {
        Manifest = manifest;
        Config = config;
        Layers = layers;
    }

    public ManifestDocument Manifest { get; }

    public JObject Config { get; }

    public IReadOnlyList<BlobDescriptor> Layers { get; }

    public bool IsDocker => Manifest.MediaType == MediaTypes.DockerManifest;

    /// <summary>The image with nothing in it, for steps whose code is all they need.</summary>
    public static BaseImage Scratch(ImagePlatform platform)
    {
        var config = new JObject
        {
            ["architecture"] = platform.Architecture,
            ["os"] = platform.Os,
            ["rootfs"] = new JObject { ["type"] = "layers", ["diff_ids"] = new JArray() },
        };
        var bytes = ManifestDocument.Json(config);
        var manifest = new JObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.OciManifest,
            ["config"] = new BlobDescriptor(MediaTypes.OciConfig, Digest.Of(bytes), bytes.Length).Write(),
            ["layers"] = new JArray(),
        };
        return new BaseImage(ManifestDocument.Write(manifest, MediaTypes.OciManifest), config, []);
    }

    /// <summary>Reads an image, from an index the one for the platform.</summary>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageNotFound"/>: no such image, or none for the platform.</exception>
    public static async Task<BaseImage> ReadAsync(IImageRepository source, string? reference, ImagePlatform platform, CancellationToken ct)
    {
        var manifest = await source.GetManifestAsync(reference, ct).ConfigureAwait(false);
        for (var depth = 0; manifest.IsIndex; depth++)
        {
            if (depth == 4)
            {
                throw Malformed(source, "indexes of indexes without end");
            }

            manifest = await source.GetManifestAsync(Choose(manifest, platform, source), ct).ConfigureAwait(false);
        }

        var descriptor = BlobDescriptor.Read(manifest.Body["config"]) ?? throw Malformed(source, "no configuration");
        var layers = (manifest.Body["layers"] as JArray ?? throw Malformed(source, "no list of layers"))
            .Select(layer => BlobDescriptor.Read(layer) ?? throw Malformed(source, "a layer without a SHA-256 digest or a size")).ToArray();
        var config = await ReadConfigAsync(source, descriptor, ct).ConfigureAwait(false);
        Check(source, config, layers.Length, platform);
        return new BaseImage(manifest, config, layers);
    }

    private static string Choose(ManifestDocument index, ImagePlatform platform, IImageRepository source)
    {
        var entries = (index.Body["manifests"] as JArray ?? []).OfType<JObject>()
            .Where(entry => !ManifestDocument.IsAttestation(entry)).ToArray();
        var chosen = entries.FirstOrDefault(entry => IsFor(entry, platform))
            ?? (entries.Length == 1 && entries[0]["platform"] is null ? entries[0] : null)
            ?? throw NoPlatform(source, platform, entries.Select(Platform).OfType<string>().Distinct());
        return BlobDescriptor.Read(chosen)?.Digest ?? throw Malformed(source, "an index entry without a SHA-256 digest");
    }

    private static bool IsFor(JObject entry, ImagePlatform platform) =>
        entry["platform"] is JObject p && platform.Takes((string?)p["os"], (string?)p["architecture"], (string?)p["variant"]);

    private static string? Platform(JObject entry) =>
        entry["platform"] is JObject p
            ? string.Join("/", new[] { (string?)p["os"], (string?)p["architecture"], (string?)p["variant"] }.Where(t => t is not null))
            : null;

    private static async Task<JObject> ReadConfigAsync(IImageRepository source, BlobDescriptor descriptor, CancellationToken ct)
    {
        using var file = await source.FetchBlobAsync(descriptor, ct).ConfigureAwait(false);
        try
        {
            return StrictJson.Parse(File.ReadAllText(file.Location, Encoding.UTF8));
        }
        catch (JsonException cause)
        {
            throw Malformed(source, "a configuration that is no JSON object", cause);
        }
    }

    private static void Check(IImageRepository source, JObject config, int layers, ImagePlatform platform)
    {
        if ((config["rootfs"] as JObject)?["diff_ids"] is not JArray ids || ids.Count != layers)
        {
            throw Malformed(source, "another number of layers in its configuration than in its manifest");
        }

        var (os, cpu) = ((string?)config["os"], (string?)config["architecture"]);
        if (!string.IsNullOrEmpty(os) && !string.IsNullOrEmpty(cpu) && (os != platform.Os || cpu != platform.Architecture))
        {
            throw NoPlatform(source, platform, [$"{os}/{cpu}"]);
        }
    }

    private static ImageBuildException NoPlatform(IImageRepository source, ImagePlatform platform, IEnumerable<string> has) => new(
        ErrorIds.ImageNotFound,
        $"The base image of {source.Name} is not there for {platform}; it is for "
        + $"{string.Join(", ", has.DefaultIfEmpty("no platform that it names"))}. Choose another with -Platform, or another base image.")
    {
        Target = source.Name,
    };

    private static ImageBuildException Malformed(IImageRepository source, string what, Exception? cause = null) => new(
        ErrorIds.ImageBuildFailed,
        $"The base image of {source.Name} has {what}, so nothing can be put on it. Use another base image.", cause)
    {
        Target = source.Name,
    };
}
