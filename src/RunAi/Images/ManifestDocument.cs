using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Json;
using RunAi.Redaction;

namespace RunAi.Images;

/// <summary>A manifest or index exactly as it is stored, with its digest, and read.</summary>
internal sealed class ManifestDocument
{
    private ManifestDocument(byte[] bytes, string mediaType, JObject body)
    {
        Bytes = bytes;
        MediaType = mediaType;
        Body = body;
        Digest = Content.Digest.Of(bytes);
    }

    public byte[] Bytes { get; }

    public string MediaType { get; }

    public string Digest { get; }

    public JObject Body { get; }

    public bool IsIndex => MediaTypes.IsIndex(MediaType);

    public BlobDescriptor Descriptor => new(MediaType, Digest, Bytes.Length);

    /// <summary>Reads what was answered or stored.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="claimedType">The media type it was answered with, for documents that do not tell.</param>
    /// <param name="where">The place, for the error.</param>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: not a manifest that is understood.</exception>
    public static ManifestDocument Read(byte[] bytes, string? claimedType, string where)
    {
        JObject body;
        try
        {
            body = StrictJson.Parse(Encoding.UTF8.GetString(bytes));
        }
        catch (JsonException cause)
        {
            throw new ImageBuildException(
                ErrorIds.ImageBuildFailed, $"What {where} gave as the image's manifest is no JSON object.", cause);
        }

        var type = body["mediaType"] is JValue { Value: string told } ? told
            : claimedType is not null && (MediaTypes.IsIndex(claimedType) || MediaTypes.IsManifest(claimedType)) ? claimedType
            : body["manifests"] is JArray ? MediaTypes.OciIndex
            : body["config"] is JObject ? MediaTypes.OciManifest
            : claimedType ?? "";
        return MediaTypes.IsIndex(type) || MediaTypes.IsManifest(type)
            ? new ManifestDocument(bytes, type, body)
            : throw new ImageBuildException(
                ErrorIds.ImageBuildFailed,
                $"The image at {where} has a manifest of the type '{CleanText.Of(type, 100)}'. Images in Docker's format 2 and "
                + "OCI's format 1 are understood; push it again with a current tool.");
    }

    /// <summary>
    /// Whether an entry of an index is no image but tells of one: provenance and lists of contents, which BuildKit adds under no platform
    /// (its documentation, image attestation storage), and signatures.
    /// </summary>
    public static bool IsAttestation(JObject entry) =>
        (entry["annotations"] as JObject)?["vnd.docker.reference.type"] is not null
        || entry["artifactType"] is JValue { Value: string { Length: > 0 } }
        || (entry["platform"] is JObject platform && (string?)platform["os"] == "unknown"
            && (string?)platform["architecture"] == "unknown");

    /// <summary>Writes a document of ours, in one form only.</summary>
    public static ManifestDocument Write(JObject body, string mediaType) => new(Json(body), mediaType, body);

    /// <summary>JSON in the one form that we write it, so that the same content has the same digest.</summary>
    public static byte[] Json(JObject body) => Encoding.UTF8.GetBytes(body.ToString(Formatting.None));
}
