using System.Globalization;
using Newtonsoft.Json.Linq;
using RunAi.Json;

namespace RunAi.Policies;

/// <summary>The rules of one field.</summary>
internal sealed class FieldRule
{
    private const string Secretive = "environmentVariables.";

    private readonly string _field;
    private readonly JObject _rule;
    private readonly RuleSource? _source;

    /// <param name="field">The field, dotted.</param>
    /// <param name="rule">Its rules.</param>
    public FieldRule(string field, JObject rule)
    {
        _field = field;
        _rule = rule;
        _source = RuleSource.Of(rule);
    }

    /// <summary>The rules that the field breaks.</summary>
    /// <param name="sent">Its value as it is sent; null for none.</param>
    /// <param name="complete">Its value with the policy's defaults.</param>
    /// <param name="instead">The policy's own value for it; null for none.</param>
    public IEnumerable<PolicyRefusal> Check(JToken? sent, JToken? complete, JToken? instead)
    {
        // For lists and objects the API's document says in words that canEdit is false unless given, and in the same breath has options to
        // choose a list's items from. A rule that would forbid what it regulates is taken for what it says elsewhere: true.
        if (sent is not null && Flag("canEdit") == false)
        {
            yield return Refusal(
                "canEdit", $"{Shown(sent)} is set, and the field cannot be edited, not even to the same value",
                instead is null ? "Leave it out." : $"Leave it out; the policy fills in {Shown(instead)}.");
        }

        // Of 2.25 and later; not in the document of 2.24.
        if (sent is not null && Flag("blocked") == true)
        {
            yield return Refusal(
                "blocked", $"{Shown(sent)} is set, and the field may not be used",
                instead is null ? "Leave it out." : $"Leave it out; the policy fills in {Shown(instead)}.");
        }

        if (complete is null or JArray { Count: 0 })
        {
            if (Flag("required") == true)
            {
                yield return Refusal(
                    "required", "a value is required", "Give one" + (Options is { Count: > 0 } offered ? $" of {Listed(offered)}." : "."));
            }

            yield break;
        }

        foreach (var refusal in Bounds(complete).Concat(Choice(complete)))
        {
            yield return refusal;
        }
    }

    private IReadOnlyList<JObject> Options => _rule["options"].Items();

    private IEnumerable<PolicyRefusal> Bounds(JToken complete)
    {
        if (PolicyAmount.Of(complete) is not { } amount)
        {
            yield break;
        }

        var (least, most, step) = (PolicyAmount.Of(_rule["min"]), PolicyAmount.Of(_rule["max"]), PolicyAmount.Of(_rule["step"]));
        if (amount < least)
        {
            yield return Refusal(
                "min", $"{Shown(complete)} is less than {Shown(_rule["min"]!)}", $"Ask for at least {Shown(_rule["min"]!)}.");
        }

        if (amount > most)
        {
            yield return Refusal(
                "max", $"{Shown(complete)} is more than {Shown(_rule["max"]!)}", $"Ask for at most {Shown(_rule["max"]!)}.");
        }

        if (step > 0 && (amount - (least ?? 0)) % step.Value is not 0m and var over)
        {
            // The nearest values on either side; over has the sign of the distance from the least.
            var below = amount - over - (over < 0 ? step.Value : 0);
            var nearest = new[] { below, below + step.Value }.Where(bound => !(bound < least) && !(bound > most)).Select(Number).ToArray();
            yield return Refusal(
                "step", $"{Shown(complete)} is not {Number(least ?? 0)} plus a multiple of {Number(step.Value)}",
                nearest.Length == 0 ? "Ask for one of those." : $"Ask for {string.Join(" or ", nearest)}.");
        }
    }

    private IEnumerable<PolicyRefusal> Choice(JToken complete)
    {
        if (Options is not { Count: > 0 } options)
        {
            yield break;
        }

        var allowed = options.Select(option => (string?)option["value"]).ToArray();
        var others = (complete is JArray list ? list : [complete.DeepClone()]).Where(token => !allowed.Contains(Text(token))).ToArray();
        if (others.Length > 0)
        {
            yield return Refusal(
                "options", $"{string.Join(", ", others.Select(Shown))} is not among the values to choose from",
                $"Give one of {Listed(options)}.");
        }
    }

    private PolicyRefusal Refusal(string rule, string message, string remedy) => new(_field, rule, _source, message, remedy);

    private bool? Flag(string word) => _rule[word] is { Type: JTokenType.Boolean } flag ? flag.Value<bool>() : null;

    private static string Listed(IReadOnlyList<JObject> options) => string.Join(", ", options.Select(option =>
        (string?)option["displayed"] is { Length: > 0 } words && words != (string?)option["value"]
            ? $"{option["value"]} ({words})"
            : $"{option["value"]}"));

    private static string Number(decimal amount) => amount.ToString("0.#########", CultureInfo.InvariantCulture);

    private static string? Text(JToken value) => value.Type == JTokenType.String ? (string?)value : WireJson.Write(value);

    // The values of environment variables are nobody's to read.
    private string Shown(JToken value) =>
        _field.StartsWith(Secretive, StringComparison.Ordinal) ? "its value"
        : value.Type is JTokenType.Float or JTokenType.Integer && PolicyAmount.Of(value) is { } amount ? Number(amount)
        : $"{Text(value)}";
}
