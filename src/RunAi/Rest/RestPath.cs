using System.Text.RegularExpressions;

namespace RunAi.Rest;

/// <summary>
/// Lets only such paths through as name an endpoint of the control plane itself: the access token goes along with the request, and
/// must go nowhere else.
/// </summary>
internal static class RestPath
{
    private const string Expected = "Expected the path of an endpoint, such as /api/v1/workloads.";

    private static readonly Regex Grammar = new(
        @"\A/(?:api/v[0-9]+|v1/k8s)(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)+\z", RegexOptions.CultureInvariant);

    /// <summary>Slashes, backslashes, dots and control characters that hide behind a percent sign.</summary>
    private static readonly Regex Hidden = new("%(?:2[eEfF]|5[cC]|[01][0-9A-Fa-f]|7[fF])", RegexOptions.CultureInvariant);

    /// <summary>The path to send, or what is wrong with the given one.</summary>
    public static (string? Path, string? Flaw) Read(string given, Uri baseUrl)
    {
        var path = given.Trim();
        if (path.IndexOf("://", StringComparison.Ordinal) is var scheme && scheme >= 0 && path.IndexOfAny(['/', '?', '#']) > scheme)
        {
            var home = ControlPlane.ControlPlaneUrl.Show(baseUrl);
            if (!path.StartsWith(home + "/", StringComparison.OrdinalIgnoreCase))
            {
                return (null, $"leads away from {home}, and the access token goes nowhere else. {Expected}");
            }

            path = path.Substring(home.Length);
        }

        if (path.IndexOfAny(['?', '#']) >= 0)
        {
            return (null, "has a query or fragment. Give the query as -Query @{ name = 'value' }.");
        }

        if (path.Split('/').Any(static segment => segment is "." or "..") || Hidden.IsMatch(path))
        {
            return (null, $"has dots for a segment, or hides a slash, a dot or a control character behind a percent sign. {Expected}");
        }

        if (!Grammar.IsMatch(path))
        {
            return (null, $"is not made of /api/v1/, /api/v2/ or /v1/k8s/ and names, percent-encoded where need be. {Expected}");
        }

        return Regex.IsMatch(path, @"\A/(?:api/v[0-9]+/token|v1/k8s/auth)(?:/|\z)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)
            ? (
                null,
                "is where access tokens come from: they are fetched by the module itself and are not shown. Connect-RunAi fetches one.")
            : (path, null);
    }
}
