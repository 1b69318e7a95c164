using Newtonsoft.Json.Linq;

namespace RunAi.Images;

/// <summary>What a manifest says of a blob: media type, digest and size in bytes (OCI image specification, descriptors).</summary>
internal sealed class BlobDescriptor
{
    public BlobDescriptor(string mediaType, string digest, long size, bool hasUrls = false)
    {
        MediaType = mediaType;
        Digest = digest;
        Size = size;
        IsElsewhere = hasUrls && MediaTypes.IsUndistributed(mediaType);
    }

    public string MediaType { get; }

    public string Digest { get; }

    public long Size { get; }

    /// <summary>
    /// True for a layer that registries do not hold: whoever runs the image gets it from the addresses in its descriptor.
    /// </summary>
    public bool IsElsewhere { get; }

    /// <summary>Reads a descriptor, or null for what is none with a SHA-256 digest.</summary>
    public static BlobDescriptor? Read(JToken? json) =>
        json is JObject body
        && body["digest"] is JValue { Value: string digest } && Content.Digest.IsSha256(digest)
        && body["size"] is JValue { Value: long size and >= 0 }
            ? new BlobDescriptor(
                body["mediaType"] is JValue { Value: string type } ? type : "", digest, size, body["urls"] is JArray { Count: > 0 })
            : null;

    public JObject Write() => new() { ["mediaType"] = MediaType, ["digest"] = Digest, ["size"] = Size };

    public override string ToString() => $"{Digest} ({Size} bytes)";
}
