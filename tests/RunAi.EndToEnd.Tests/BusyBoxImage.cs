using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using RunAi.Content;
using RunAi.Images;

namespace RunAi.EndToEnd.Tests;

/// <summary>A base image that can run something: a static busybox with its <c>sh</c>, and nothing else.</summary>
internal static class BusyBoxImage
{
    /// <summary>The program that it is made of, for <see cref="Peers.Require"/>.</summary>
    public const string Program = "busybox";

    /// <summary>Writes the image as the only one of a layout folder.</summary>
    public static void WriteLayout(string folder)
    {
        var tar = Tar();
        var layer = new MemoryStream();
        using (var gzip = new GZipStream(layer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(tar);
        }

        Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256"));
        var config = Put(folder, MediaTypes.OciConfig, Json(new JsonObject
        {
            ["architecture"] = "amd64",
            ["os"] = "linux",
            ["config"] = new JsonObject { ["Env"] = new JsonArray("PATH=/bin"), ["Cmd"] = new JsonArray("/bin/sh") },
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(Digest.Of(tar)) },
            ["history"] = new JsonArray(new JsonObject { ["created"] = "2024-01-02T03:04:05Z", ["created_by"] = "busybox" }),
        }));
        var manifest = Put(folder, MediaTypes.OciManifest, Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.OciManifest,
            ["config"] = config,
            ["layers"] = new JsonArray(Put(folder, MediaTypes.OciLayer, layer.ToArray())),
        }));
        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllBytes(
            Path.Combine(folder, "index.json"), Json(new JsonObject { ["schemaVersion"] = 2, ["manifests"] = new JsonArray(manifest) }));
    }

    private static byte[] Tar()
    {
        var result = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(result, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(Peers.Find(Program)!, "bin/busybox");
            foreach (var name in new[] { "sh", "cat", "ls", "stat" })
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "bin/" + name) { LinkName = "busybox" });
            }
        }

        return result.ToArray();
    }

    private static JsonObject Put(string folder, string mediaType, byte[] blob)
    {
        var digest = Digest.Of(blob);
        File.WriteAllBytes(Path.Combine(folder, "blobs", "sha256", Digest.Hex(digest)), blob);
        return new JsonObject { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = blob.Length };
    }

    private static byte[] Json(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());
}
