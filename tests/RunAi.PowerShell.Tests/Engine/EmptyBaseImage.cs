using System.Security.Cryptography;
using System.Text;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>A base image without layers in an OCI layout folder, written by hand.</summary>
internal static class EmptyBaseImage
{
    public static void Write(string folder)
    {
        var config = Blob(folder, """{"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":[]}}""");
        var manifest = Blob(
            folder,
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"layers\":[],\"config\":" + config + "}");
        File.WriteAllText(Path.Combine(folder, "index.json"), "{\"schemaVersion\":2,\"manifests\":[" + manifest + "]}");
    }

    private static string Blob(string folder, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hex = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        File.WriteAllBytes(Path.Combine(blobs, hex), bytes);
        return $"{{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"sha256:{hex}\",\"size\":{bytes.Length}}}";
    }
}
