using System.Text.RegularExpressions;
using RunAi.Redaction;

namespace RunAi.ControlPlane;

/// <summary>Reads what a cluster's API says instead of a log. The sentences are those seen in the field.</summary>
internal static class ClusterAnswer
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex NotReady = new(
        @"not ready to stream|pod is not ready|containercreating|podinitializing|is waiting to start", Options);
    private static readonly Regex NotFound = new(
        @"pods? (?:""[^""]*"" )?not found|one of requested resource was not found|unable to retrieve container logs", Options);

    /// <summary>A message of the stream that is a statement of the server and no log, if nothing follows it.</summary>
    private static readonly Regex Statement = new(
        @"\A\s*(?:\{[^{}]{0,80}|error:?\s*)?""?(?:workload is not ready to stream|pods? (?:""[^""]*"" )?not found"
        + "|one of requested resource was not found|unable to retrieve container logs for)",
        Options);

    /// <summary>True when a message may be a statement of the server.</summary>
    public static bool MayBeStatement(string text) => Statement.IsMatch(text);

    /// <summary>The failure that a statement within a stream tells of.</summary>
    public static ClusterApiException OfStatement(string text) => Of(null, text);

    /// <summary>The failure of an answer that is no stream.</summary>
    /// <param name="status">The HTTP status; null when there is none.</param>
    /// <param name="body">The beginning of its body.</param>
    /// <param name="inner">What was thrown.</param>
    public static ClusterApiException Of(int? status, string body, Exception? inner = null)
    {
        var said = CleanText.Of(body.Trim(), 300);
        var words = said.Length == 0 ? $"{status}"
            : status is null ? said : $"{status}: {(ApiAnswer.IsWebPage(said) ? "a web page" : said)}";
        return (status, said) switch
        {
            _ when NotReady.IsMatch(said) => new(ClusterApiTrouble.NotReady, $"says that the workload is not ready ({words})", inner),
            _ when NotFound.IsMatch(said) => new(ClusterApiTrouble.NotFound, $"has no log of it ({words})", inner),
            (401, _) => new(ClusterApiTrouble.Unauthorized, $"does not accept the control plane's access token ({words})", inner),
            (403, _) => new(
                ClusterApiTrouble.Forbidden,
                $"does not let these credentials read the log ({words}): ask for a role in the project", inner),
            (404, _) when !ApiAnswer.IsWebPage(said) => new(ClusterApiTrouble.NotFound, $"knows no such log ({words})", inner),
            ( >= 300 and < 400, _) => new(ClusterApiTrouble.Failing, $"redirects to elsewhere, as a login page would ({words})", inner),
            _ => new(ClusterApiTrouble.Failing, $"answered no stream ({words})", inner),
        };
    }
}
