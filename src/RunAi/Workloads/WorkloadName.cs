using System.Globalization;
using System.Text.RegularExpressions;

namespace RunAi.Workloads;

/// <summary>
/// Makes a workload's name: <c>prefix-step-suffix</c>, the suffix being the last 8 characters of the run id. It is a DNS
/// label (RFC 1123) that begins with a letter, at most 50 characters long, since the cluster makes longer names of it.
/// </summary>
internal static class WorkloadName
{
    public const string DefaultPrefix = "runai";
    public const int MostLength = 50;
    public const int SuffixLength = 8;

    private static readonly Regex Ending = new(
        "-(?<suffix>[0-9abcdefghjkmnpqrstvwxyz]{8})(-[0-9]+)?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture);

    private static readonly Regex NotAllowed = new("[^a-z0-9]+", RegexOptions.CultureInvariant);

    /// <summary>
    /// The name for an attempt of a run of a step; the same input always gives the same name. From the second attempt on its number stands
    /// at the end.
    /// </summary>
    public static string Create(string prefix, string stepName, string runId, int attempt = 1)
    {
        var suffix = Slug(runId.Substring(runId.Length - SuffixLength))
            + (attempt == 1 ? "" : $"-{attempt.ToString(CultureInfo.InvariantCulture)}");
        var head = Slug($"{prefix}-{stepName}");
        if (head.Length == 0 || head[0] is < 'a' or > 'z')
        {
            head = $"{DefaultPrefix}-{head}";
        }

        var room = MostLength - suffix.Length - 1;
        return $"{(head.Length > room ? head.Substring(0, room) : head).Trim('-')}-{suffix}";
    }

    /// <summary>The end of the run's id, in capitals, that a workload's name has; null for a name that this class does not make.</summary>
    public static string? SuffixOf(string name) =>
        Ending.Match(name) is { Success: true } match ? match.Groups["suffix"].Value.ToUpperInvariant() : null;

    private static string Slug(string text) => NotAllowed.Replace(text.ToLowerInvariant(), "-").Trim('-');
}
