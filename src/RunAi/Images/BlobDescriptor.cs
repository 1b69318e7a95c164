using Newtonsoft.Json.Linq;

namespace RunAi.Images;

/// <summary>What a manifest says of a blob: media type, digest and size in bytes (OCI image specification, descriptors).</summary>
internal sealed class BlobDescriptor
{
    public BlobDescriptor(string mediaType, string digest, long size)
    {
        MediaType = mediaType;
        Digest = digest;
        Size = size;
    }

    public string MediaType { get; }

    public string Digest { get; }

    public long Size { get; }

    /// <summary>Reads a descriptor, or null for what is none with a SHA-256 digest.</summary>
    public static BlobDescriptor? Read(JToken? json) =>
        json is JObject body
        && body["digest"] is JValue { Value: string digest } && Content.Digest.IsSha256(digest)
        && body["size"] is JValue { Value: long size and >= 0 }
            ? new BlobDescriptor(body["mediaType"] is JValue { Value: string type } ? type : "", digest, size)
            : null;

    public JObject Write() => new() { ["mediaType"] = MediaType, ["digest"] = Digest, ["size"] = Size };

    public override string ToString() => $"{Digest} ({Size} bytes)";
}
