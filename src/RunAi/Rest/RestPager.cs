using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace RunAi.Rest;

/// <summary>Finds the rows in the pages of a list, and where the next page begins.</summary>
internal sealed class RestPager
{
    private readonly int _limit;
    private JToken? _first;
    private bool _namesNext;

    public RestPager(int offset, int limit) => (Offset, _limit) = (offset, limit);

    /// <summary>Where the page to ask for begins.</summary>
    public int Offset { get; private set; }

    /// <summary>True when there is no page to ask for.</summary>
    public bool IsOver { get; private set; }

    /// <summary>A number in a query, null when it is not there.</summary>
    public static int? LimitOf(string query) => Number(query, "limit");

    /// <inheritdoc cref="LimitOf"/>
    public static int? OffsetOf(string query) => Number(query, "offset");

    /// <summary>A query that asks for a page.</summary>
    public static string WithPage(string query, int offset, int limit)
    {
        var rest = Regex.Replace(query.TrimStart('?'), "(?:^|&)(?:offset|limit)=[^&]*", "", RegexOptions.CultureInvariant).TrimStart('&');
        return FormattableString.Invariant($"?{rest}{(rest.Length > 0 ? "&" : "")}offset={offset}&limit={limit}");
    }

    /// <summary>The rows of a page; null when it holds no list, or several and none of them is sure to be meant.</summary>
    public IReadOnlyList<JToken>? Read(JToken? page)
    {
        if (Rows(page) is not { } rows)
        {
            return null;
        }

        var next = Next(page);
        if (Offset > 0 && _first is not null && rows.Count > 0 && JToken.DeepEquals(_first, rows[0]))
        {
            // The endpoint takes no notice of the offset: this is the first page once more.
            IsOver = true;
            return [];
        }

        _first ??= rows.Count > 0 ? rows[0] : null;
        _namesNext |= next is not null;
        var after = next ?? Offset + rows.Count;
        IsOver = after <= Offset || (next is null && (_namesNext || rows.Count != _limit));
        Offset = after;
        return [.. rows];
    }

    private static JArray? Rows(JToken? page) => page switch
    {
        JArray array => array,
        JObject body when body.Properties().Select(static property => property.Value).OfType<JArray>().ToList() is [var only] => only,
        _ => null,
    };

    private static int? Next(JToken? page) =>
        Whole((page as JObject)?["next"]) ?? Whole(((page as JObject)?["pagination"] as JObject)?["nextOffset"]);

    private static int? Whole(JToken? token) => token is JValue { Type: JTokenType.Integer } ? (int?)token : null;

    private static int? Number(string query, string name) =>
        Regex.Match(query, $"[?&]{name}=([0-9]+)(?:&|$)", RegexOptions.CultureInvariant) is { Success: true } found
        && int.TryParse(found.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
