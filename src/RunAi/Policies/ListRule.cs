using Newtonsoft.Json.Linq;
using RunAi.RunManifest;

namespace RunAi.Policies;

/// <summary>
/// The rules of a list of objects: which items may be sent (<c>instances</c>), and the rules of each item's fields (<c>attributes</c>).
/// </summary>
internal sealed class ListRule
{
    private readonly string _name;
    private readonly IReadOnlyList<string> _own;
    private readonly IReadOnlyList<string> _locked;
    private readonly bool _mayAdd;
    private readonly RuleSource? _source;

    /// <param name="field">The list, dotted.</param>
    /// <param name="name">Its name alone.</param>
    /// <param name="rule">The rules.</param>
    /// <param name="defaults">What the policy puts on the list.</param>
    public ListRule(string field, string name, JObject rule, JToken? defaults)
    {
        Field = field;
        Attributes = rule["attributes"] as JObject;
        _name = name;
        _own = [.. (defaults as JObject)?["instances"].Items().Select(item => PolicyJson.KeyOf(name, item)).OfType<string>() ?? []];
        var instances = rule["instances"] as JObject ?? [];
        _locked = [.. (instances["locked"] as JArray ?? []).Select(key => (string?)key).OfType<string>()];
        _mayAdd = instances["canAdd"] is not { Type: JTokenType.Boolean } canAdd || canAdd.Value<bool>();
        _source = RuleSource.Of(instances);
    }

    public string Field { get; }

    /// <summary>The rules of each item's fields.</summary>
    public JObject? Attributes { get; }

    /// <summary>
    /// The items that may not be sent: those that are locked, and, where none may be added, those that the policy has not itself.
    /// </summary>
    public IEnumerable<PolicyRefusal> Check(IReadOnlyList<JObject> sent)
    {
        foreach (var item in sent)
        {
            var key = PolicyJson.KeyOf(_name, item);
            if (key is not null && _locked.Contains(key))
            {
                yield return new PolicyRefusal(
                    Field, "locked", _source, $"the item '{key}' is locked: it can be neither changed nor taken out",
                    $"Leave '{key}' out.");
            }
            else if (!_mayAdd && !item.IsExcluded() && (key is null || !_own.Contains(key)))
            {
                yield return new PolicyRefusal(
                    Field, "canAdd", _source, $"{(key is null ? "items" : $"'{key}'")} cannot be added", Instead(key));
            }
        }
    }

    private string Instead(string? key) =>
        key == Manifest.AddressVariable
            ? $"The step runner needs it: ask an administrator to let the project's steps add it to {Field}, or run the step by -Image and "
                + "-Command alone."
        : _own.Count == 0 ? "Leave it out."
        : $"Leave it out. The policy has {string.Join(", ", _own)}.";
}
