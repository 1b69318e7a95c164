using Newtonsoft.Json.Linq;

namespace RunAi.Policies;

/// <summary>
/// How a policy is written down: it mirrors the spec, with a rule in the place of each field, and for each list of objects
/// <c>instances</c> (the items) beside <c>attributes</c> (the fields of each item).
/// </summary>
internal static class PolicyJson
{
    private static readonly string[] RuleWords =
    [
        "required", "canEdit", "blocked", "min", "max", "step", "options", "defaultFrom", "sourceOfRule",
    ];

    /// <summary>True for a rule of one field; what is neither this nor a list's is a section with rules inside.</summary>
    public static bool IsFieldRule(JObject rule) => RuleWords.Any(rule.ContainsKey);

    /// <summary>True for the rules, or the defaults, of a list of objects.</summary>
    public static bool IsOfList(JObject part) => part.ContainsKey("instances") || part.ContainsKey("attributes");

    /// <summary>True for an object that is one value: it is set, required and locked as a whole.</summary>
    public static bool IsWhole(string name) => name == "nodeAffinityRequired";

    /// <summary>A token, or null where JSON has none or a null.</summary>
    public static JToken? OrAbsent(this JToken? token) => token is { Type: not JTokenType.Null } ? token : null;

    /// <summary>The objects of a list.</summary>
    public static IReadOnlyList<JObject> Items(this JToken? list) => [.. (list as JArray ?? []).OfType<JObject>()];

    /// <summary>True for an item that is sent only to take the policy's own item of that key out.</summary>
    public static bool IsExcluded(this JObject item) => item["exclude"] is { Type: JTokenType.Boolean } exclude && exclude.Value<bool>();

    /// <summary>
    /// What tells the items of a list apart: their name, which the API document calls the key for locking, and its nearest relative in the
    /// two lists whose items have no name. Null for an item without one, which can be neither locked nor excluded.
    /// </summary>
    public static string? KeyOf(string list, JObject item) => list switch
    {
        "extendedResources" => (string?)item["resource"],
        "dataVolume" => (string?)item["id"],
        _ => (string?)item["name"],
    };
}
