using System.Globalization;
using Newtonsoft.Json.Linq;
using RunAi.Redaction;

namespace RunAi.ControlPlane;

/// <summary>
/// The error bodies of the API read as one (<c>Error</c>, <c>Error1</c>, <c>SubmissionErrorV2</c>, <c>OAuth2Error</c>);
/// whatever is missing or of another type is left out.
/// </summary>
internal sealed class ApiErrorBody
{
    private ApiErrorBody(JObject? body)
    {
        Code = int.TryParse(Text(body, "code"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var code) ? code : null;
        Message = CleanText.OrNull(Text(body, "message") ?? Text(body, "error_description") ?? Text(body, "error"));
        Details = CleanText.OrNull(Text(body, "details"));
        Issues = body?["complianceIssues"] is JArray issues
            ? [.. issues.OfType<JObject>().Select(static i => new ComplianceIssue(
                CleanText.Of(Text(i, "field")), CleanText.Of(Text(i, "details")), CleanText.OrNull(Text(i, "rule"))))]
            : [];
    }

    public int? Code { get; }

    public string? Message { get; }

    public string? Details { get; }

    public IReadOnlyList<ComplianceIssue> Issues { get; }

    /// <summary>True when the API speaks of quota, which it has no code for.</summary>
    public bool SpeaksOfQuota => Issues.Select(static i => i.Details).Append(Message).Append(Details)
        .Any(static t => t?.IndexOf("quota", StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>True when the API says that a name is taken, for which create declares no status.</summary>
    public bool SpeaksOfATakenName => Issues.Select(static i => i.Details).Append(Message).Append(Details)
        .Any(static t => t?.IndexOf("already exists", StringComparison.OrdinalIgnoreCase) >= 0);

    public static ApiErrorBody Read(JToken? json) => new(json as JObject);

    private static string? Text(JObject? body, string name) =>
        body?[name] is JValue { Value: not null } value ? Convert.ToString(value.Value, CultureInfo.InvariantCulture) : null;
}
