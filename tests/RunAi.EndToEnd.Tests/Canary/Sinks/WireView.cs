using System.Text.RegularExpressions;
using RunAi.EndToEnd.Tests.Canary.Wire;

namespace RunAi.EndToEnd.Tests.Canary.Sinks;

/// <summary>
/// What of a request must be free of secrets. Let through is what lets the request in, and nothing more: the Authorization header, the
/// signature of a pre-signed address, the body of a request for a token, and the two places where pre-signed addresses are handed to the
/// step runner.
/// </summary>
internal static partial class WireView
{
    /// <summary>A request to the control plane.</summary>
    public static string OfControlPlane(RecordedRequest request) =>
        $"{request.Line}\n{Headers(request)}\n{(request.Path is "/api/v1/token" or "/api/v2/token" ? "" : OfSpec(request.Text))}";

    /// <summary>What describes a workload, without the address of its manifest.</summary>
    public static string OfSpec(string text) => ManifestAddress().Replace(text, "");

    /// <summary>A request to an artifact store or a registry.</summary>
    public static string OfStorage(RecordedRequest request)
    {
        var isManifest = Manifest().IsMatch(request.Path);
        return $"{request.Method} {request.Path}\n{Unsigned(request.Query)}\n{Headers(request)}\n"
            + $"{(isManifest ? Signed().Replace(request.Text, "") : request.Text)}";
    }

    /// <summary>What a request was let in with: secrets from then on, unless they open nothing but that request.</summary>
    public static IEnumerable<PlantedSecret> Credentials(RecordedRequest request)
    {
        if (request.Header("Authorization")?.Split(' ', 2) is [var scheme, var value] && (scheme is "Bearer" or "Basic"))
        {
            yield return new PlantedSecret($"the {scheme} authorization of {request.Method} {request.Path}", value);
        }

        foreach (Match signature in Signature().Matches(request.Query))
        {
            yield return new PlantedSecret(
                $"the signature of {request.Method} {request.Path}", Uri.UnescapeDataString(signature.Groups["value"].Value));
        }
    }

    private static string Headers(RecordedRequest request) =>
        string.Join('\n', request.Headers.Where(line => !line.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase)));

    private static string Unsigned(string query) => Signature().Replace(query, "");

    [GeneratedRegex("""(?<="name":\s*"RUNAI_MANIFEST",\s*"value":\s*)"[^"]*"|(?<="value":\s*)"[^"]*"(?=,\s*"name":\s*"RUNAI_MANIFEST")""")]
    private static partial Regex ManifestAddress();

    [GeneratedRegex("/attempts/[0-9]+/manifest\\.json$")]
    private static partial Regex Manifest();

    [GeneratedRegex("""\?[^"]*(?:sig|X-Amz-Signature)=[^"]*""")]
    private static partial Regex Signed();

    [GeneratedRegex("(?:^|&)(?:sig|X-Amz-Signature)=(?<value>[^&]+)")]
    private static partial Regex Signature();
}
