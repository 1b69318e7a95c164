using System.Text;
using Newtonsoft.Json;
using RunAi.Json;
using RunAi.Redaction;

namespace RunAi.Artifacts;

/// <summary>Small JSON objects in an artifact store.</summary>
internal static class StoredJson
{
    private const int Most = 16 << 20;

    /// <summary>The object's bytes.</summary>
    public static byte[] Bytes(object value) => Encoding.UTF8.GetBytes(WireJson.Write(value));

    /// <summary>Reads an object; null when there is none.</summary>
    /// <exception cref="ArtifactException">The store cannot be read, or what is there is no such object.</exception>
    public static async Task<T?> ReadAsync<T>(IArtifactStore store, string key, CancellationToken ct)
        where T : class
    {
        if (await store.ReadAsync(key, 0, Most, ct).ConfigureAwait(false) is not { } bytes)
        {
            return null;
        }

        try
        {
            using var stream = new MemoryStream(bytes);
            return WireJson.Map<T>(WireJson.Read(stream));
        }
        catch (JsonException wrong)
        {
            throw new ArtifactException(
                ErrorIds.ArtifactDamaged,
                $"The object {store.Uri}/{key} is not what RunAi writes there: {CleanText.Of(wrong.Message)}", wrong)
            {
                Target = key,
            };
        }
    }
}
