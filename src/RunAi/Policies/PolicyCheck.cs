using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;

namespace RunAi.Policies;

/// <summary>Holds a spec to the rules of a policy: what is sent, and what it comes to with the policy's defaults.</summary>
internal sealed class PolicyCheck
{
    private readonly EffectivePolicy _policy;
    private readonly List<PolicyRefusal> _refusals = [];

    public PolicyCheck(EffectivePolicy policy) => _policy = policy;

    /// <param name="sent">The spec as it is sent.</param>
    /// <param name="complete">The same with the policy's defaults.</param>
    public IReadOnlyList<PolicyRefusal> Run(JObject sent, JObject complete)
    {
        Section("", _policy.Rules, _policy.Defaults, sent, complete);
        return _refusals;
    }

    private void Section(string path, JObject rules, JObject? defaults, JObject? sent, JObject? complete)
    {
        foreach (var property in rules.Properties())
        {
            if (property.Value is not JObject rule)
            {
                continue;
            }

            var field = path + property.Name;
            var (said, comes) = (sent?[property.Name].OrAbsent(), complete?[property.Name].OrAbsent());
            if (PolicyJson.IsOfList(rule))
            {
                Items(new ListRule(field, property.Name, rule, defaults?[property.Name]), said.Items(), comes.Items());
            }
            else if (PolicyJson.IsFieldRule(rule))
            {
                _refusals.AddRange(new FieldRule(field, rule).Check(said, comes, defaults?[property.Name].OrAbsent()));
            }
            else
            {
                Section(field + ".", rule, defaults?[property.Name] as JObject, said as JObject, comes as JObject);
            }
        }
    }

    private void Items(ListRule rule, IReadOnlyList<JObject> sent, IReadOnlyList<JObject> complete)
    {
        _refusals.AddRange(rule.Check(sent));
        if (rule.Attributes is not { } attributes)
        {
            return;
        }

        // Of an item that is out, only that it may be taken out is left to ask.
        if (attributes["exclude"] is JObject exclude)
        {
            _refusals.AddRange(sent.Where(PolicyJson.IsExcluded)
                .SelectMany(item => new FieldRule(rule.Field + ".exclude", exclude).Check(item["exclude"], item["exclude"], null)));
        }

        // What is sent comes first in the complete list, in its order; the policy's own items follow.
        var kept = sent.Where(item => !item.IsExcluded()).ToList();
        for (var i = 0; i < complete.Count; i++)
        {
            Section(rule.Field + ".", attributes, null, i < kept.Count ? kept[i] : null, complete[i]);
        }
    }
}
