using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;
using RunAi.Json;
using RunAi.RunManifest;

namespace RunAi.Artifacts;

/// <summary>An artifact's descriptor as text. What is read is not trusted: a container may have written it.</summary>
internal static class DescriptorJson
{
    /// <summary>Room for the parts of the largest artifact.</summary>
    public const int MostBytes = 4 << 20;

    // JsonSerializer.Create, unlike CreateDefault, does not look at the global settings, which a script may have changed.
    private static readonly JsonSerializer Serializer = JsonSerializer.Create(new JsonSerializerSettings
    {
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy() },
        Culture = CultureInfo.InvariantCulture,
    });

    public static byte[] Write(ArtifactDescriptor artifactDescriptor) =>
        Encoding.UTF8.GetBytes(WireJson.Write(JObject.FromObject(artifactDescriptor, Serializer)));

    /// <param name="bytes">The text.</param>
    /// <param name="uri">The artifact, for messages.</param>
    /// <exception cref="ArtifactException"><see cref="ErrorIds.ArtifactDamaged"/>: it is no descriptor, or one of a newer
    /// version.</exception>
    public static ArtifactDescriptor Read(byte[] bytes, string uri)
    {
        ArtifactDescriptor artifactDescriptor;
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            artifactDescriptor = WireJson.Map<ArtifactDescriptor>(WireJson.Read(stream));
        }
        catch (JsonException wrong)
        {
            throw Damaged(uri, "is no JSON of the right form", wrong.Message);
        }

        return artifactDescriptor.Version > ArtifactDescriptor.CurrentVersion
                ? throw Damaged(uri, "was written by a newer version of RunAi, which is needed to read it")
            : !Content.Digest.IsSha256(artifactDescriptor.Digest) ? throw Damaged(uri, "names no SHA-256 digest")
            : artifactDescriptor.Parts is null
                || artifactDescriptor.Parts.Any(part => part?.Key is null || part.Size < 0 || !StoreKey.IsSafe(part.Key))
                ? throw Damaged(uri, "names parts that cannot be")
            : artifactDescriptor.Parts.Sum(part => part.Size) != artifactDescriptor.Size
                ? throw Damaged(uri, "tells sizes that do not add up")
            : artifactDescriptor;
    }

    private static ArtifactException Damaged(string uri, string why, string? detail = null) => new(
        ErrorIds.ArtifactDamaged,
        $"The descriptor of the artifact '{uri}' {why}. Publish the artifact again.{(detail is null ? "" : " (" + detail + ")")}")
    {
        Target = uri,
    };
}
