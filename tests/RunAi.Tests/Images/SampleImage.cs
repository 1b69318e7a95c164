using System.IO.Compression;
using System.Text;
using Newtonsoft.Json.Linq;
using RunAi.Content;
using RunAi.Images;

namespace RunAi.Tests.Images;

/// <summary>A small base image with one layer, in either format.</summary>
internal sealed class SampleImage
{
    public SampleImage(bool docker = false, string architecture = "amd64", int padding = 0)
    {
        var tar = new MemoryStream();
        var writer = new TarWriter(tar);
        var filler = new byte[padding];
        new Random(1).NextBytes(filler);
        writer.WriteFolder("etc");
        writer.WriteFile("etc/release", isProgram: false, 4, new MemoryStream("base"u8.ToArray()), default);
        writer.WriteFile("etc/filler", isProgram: false, padding, new MemoryStream(filler), default);
        writer.Finish();
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(tar.ToArray());
        }

        Layer = packed.ToArray();
        Config = Encoding.UTF8.GetBytes(new JObject
        {
            ["architecture"] = architecture,
            ["os"] = "linux",
            ["config"] = new JObject { ["Env"] = new JArray("PATH=/bin"), ["Entrypoint"] = new JArray("/bin/sh") },
            ["rootfs"] = new JObject { ["type"] = "layers", ["diff_ids"] = new JArray(Digest.Of(tar.ToArray())) },
            ["history"] = new JArray(new JObject { ["created"] = "2024-01-02T03:04:05Z", ["created_by"] = "base" }),
        }.ToString());
        MediaType = docker ? MediaTypes.DockerManifest : MediaTypes.OciManifest;
        Manifest = Encoding.UTF8.GetBytes(new JObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaType,
            ["config"] = new BlobDescriptor(docker ? MediaTypes.DockerConfig : MediaTypes.OciConfig, Digest.Of(Config), Config.Length)
                .Write(),
            ["layers"] = new JArray(
                new BlobDescriptor(docker ? MediaTypes.DockerLayer : MediaTypes.OciLayer, Digest.Of(Layer), Layer.Length).Write()),
        }.ToString());
    }

    public byte[] Layer { get; }

    public byte[] Config { get; }

    public byte[] Manifest { get; }

    public string MediaType { get; }

    /// <summary>Writes the image as the only one of a layout folder.</summary>
    public void WriteLayout(string folder)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        foreach (var blob in new[] { Layer, Config, Manifest })
        {
            File.WriteAllBytes(Path.Combine(blobs, Digest.Hex(Digest.Of(blob))), blob);
        }

        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        var index = new JObject
        {
            ["schemaVersion"] = 2,
            ["manifests"] = new JArray(new BlobDescriptor(MediaType, Digest.Of(Manifest), Manifest.Length).Write()),
        };
        File.WriteAllText(Path.Combine(folder, "index.json"), index.ToString());
    }
}
