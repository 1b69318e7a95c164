using RunAi.Redaction;

namespace RunAi.ControlPlane;

/// <summary>
/// The API's filter language (<c>filterBy</c>): <c>field OP value</c>, joined by commas in one parameter. It has no escape,
/// so a value with a comma cannot be expressed.
/// </summary>
internal static class Filter
{
    public static string Equal(string field, string value) => field + "==" + value;

    public static string NotEqual(string field, string value) => field + "!=" + value;

    public static string StartsWith(string field, string value) => field + "=^" + value;

    public static string EndsWith(string field, string value) => field + "=$" + value;

    public static string Contains(string field, string value) => field + "=@" + value;

    /// <summary>At or after a time, in the API's form: RFC 3339, UTC, microseconds.</summary>
    public static string AtLeast(string field, DateTimeOffset time) => field + ">="
        + time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>True when a value can be part of a filter.</summary>
    public static bool CanExpress(string value) => value.Length > 0 && value.IndexOf(',') < 0;

    /// <summary>Each filter percent-encoded, the commas between them as they are; null when there is none.</summary>
    public static string? Join(IReadOnlyCollection<string> filters)
    {
        foreach (var filter in filters)
        {
            if (!CanExpress(filter))
            {
                throw new RunAiException(
                    ErrorIds.InvalidFilter,
                    $"The filter '{CleanText.Of(filter)}' is empty or holds a comma, which the API takes for the end of the filter. Filter "
                    + "by another field, or filter the result.")
                {
                    Target = filter,
                };
            }
        }

        return filters.Count == 0 ? null : string.Join(",", filters.Select(Uri.EscapeDataString));
    }
}
