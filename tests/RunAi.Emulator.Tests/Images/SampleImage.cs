using System.Text;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Tests.Images;

/// <summary>An image of sample layers, in memory or as an OCI layout folder.</summary>
internal sealed class SampleImage
{
    private const string Oci = "application/vnd.oci.image.";

    public SampleImage(params SampleLayer[] layers)
        : this("{}", true, layers)
    {
    }

    /// <param name="config">What the image says of its containers.</param>
    /// <param name="hasHistory">Whether the image tells how it was made.</param>
    /// <param name="layers">Its layers, the lowest first.</param>
    public SampleImage(string config, bool hasHistory, params SampleLayer[] layers)
    {
        var (ids, parts, history) = (new JsonArray(), new JsonArray(), new JsonArray());
        foreach (var layer in layers)
        {
            var archive = layer.Archive();
            ids.Add(SampleLayer.Digest(archive));
            parts.Add(Blob("layer.v1.tar", layer.Pack(archive)));
            // Entries without a layer stand between those with one, as builders write them.
            history.Add(new JsonObject { ["created_by"] = "ENV A=b", ["empty_layer"] = true });
            history.Add(new JsonObject { ["created_by"] = layer.CreatedBy });
        }

        var document = new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = JsonNode.Parse(config),
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = ids },
        };
        if (hasHistory)
        {
            document["history"] = history;
        }

        Manifest = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = Oci + "manifest.v1+json",
            ["config"] = Blob("config.v1+json", Encoding.UTF8.GetBytes(document.ToJsonString())),
            ["layers"] = parts,
        }.ToJsonString());
        Blobs[Digest] = Manifest;
    }

    public byte[] Manifest { get; }

    public string Digest => SampleLayer.Digest(Manifest);

    public Dictionary<string, byte[]> Blobs { get; } = [];

    /// <summary>Writes it to a layout folder, beside what is there, and gives the folder.</summary>
    public string WriteLayout(string folder, string? tag = null)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        foreach (var (digest, bytes) in Blobs)
        {
            File.WriteAllBytes(Path.Combine(blobs, digest["sha256:".Length..]), bytes);
        }

        var file = Path.Combine(folder, "index.json");
        var index = File.Exists(file)
            ? JsonNode.Parse(File.ReadAllText(file))!
            : new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray() };
        var entry = new JsonObject { ["mediaType"] = Oci + "manifest.v1+json", ["digest"] = Digest, ["size"] = Manifest.Length };
        if (tag is not null)
        {
            entry["annotations"] = new JsonObject { ["org.opencontainers.image.ref.name"] = tag };
        }

        ((JsonArray)index["manifests"]!).Add(entry);
        File.WriteAllText(file, index.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        return folder;
    }

    private JsonObject Blob(string type, byte[] bytes)
    {
        var digest = SampleLayer.Digest(bytes);
        Blobs[digest] = bytes;
        return new JsonObject { ["mediaType"] = Oci + type, ["digest"] = digest, ["size"] = bytes.Length };
    }
}
