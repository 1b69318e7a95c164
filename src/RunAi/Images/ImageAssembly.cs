using Newtonsoft.Json.Linq;
using RunAi.Content;

namespace RunAi.Images;

/// <summary>A base image with layers put on top: the new configuration and manifest, in the base image's own format.</summary>
internal sealed class ImageAssembly
{
    private const string Epoch = "1970-01-01T00:00:00Z";

    private ImageAssembly(byte[] config, BlobDescriptor configDescriptor, ManifestDocument manifest)
    {
        Config = config;
        ConfigDescriptor = configDescriptor;
        Manifest = manifest;
    }

    public byte[] Config { get; }

    public BlobDescriptor ConfigDescriptor { get; }

    public ManifestDocument Manifest { get; }

    /// <summary>Puts the two together. Nothing of the day or the machine goes in, so the same parts give the same digest.</summary>
    /// <param name="image">The base image.</param>
    /// <param name="added">The layers to put on it, the lowest first.</param>
    /// <param name="workingDir">The folder that commands start in; null for the base image's.</param>
    public static ImageAssembly Build(BaseImage image, IReadOnlyList<AddedLayer> added, string? workingDir)
    {
        var config = ConfigOf(image, added, workingDir);
        var bytes = ManifestDocument.Json(config);
        var descriptor = new BlobDescriptor(
            image.IsDocker ? MediaTypes.DockerConfig : MediaTypes.OciConfig, Digest.Of(bytes), bytes.Length);
        var layerType = image.IsDocker ? MediaTypes.DockerLayer : MediaTypes.OciLayer;
        var layers = new JArray(((JArray)image.Manifest.Body["layers"]!).Select(layer => layer.DeepClone()));
        foreach (var layer in added)
        {
            layers.Add(new BlobDescriptor(layerType, layer.Blob.Descriptor.Digest, layer.Blob.Descriptor.Size).Write());
        }

        var manifest = new JObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = image.Manifest.MediaType,
            ["config"] = descriptor.Write(),
            ["layers"] = layers,
        };
        if (!image.IsDocker)
        {
            manifest["annotations"] = new JObject { ["org.opencontainers.image.base.digest"] = image.Manifest.Digest };
        }

        return new ImageAssembly(bytes, descriptor, ManifestDocument.Write(manifest, image.Manifest.MediaType));
    }

    private static JObject ConfigOf(BaseImage image, IReadOnlyList<AddedLayer> added, string? workingDir)
    {
        var config = (JObject)image.Config.DeepClone();
        var diffIds = (JArray)config["rootfs"]!["diff_ids"]!;
        var created = config["created"] is JValue { Value: string { Length: > 0 } time } ? time : Epoch;
        foreach (var layer in added)
        {
            diffIds.Add(layer.DiffId);

            // A history that is there must tell of every layer; one that is not is left so.
            (config["history"] as JArray)?.Add(new JObject { ["created"] = created, ["created_by"] = layer.Comment });
        }

        if (config["config"] is not JObject run)
        {
            config["config"] = run = [];
        }

        if (workingDir is not null)
        {
            run["WorkingDir"] = workingDir;
        }

        return config;
    }
}
