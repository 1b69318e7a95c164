using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Json;
using RunAi.Policies;

namespace RunAi.Specs;

/// <summary>JSON for people: what is sent, as it is, and between it what the policy fills in, marked as such.</summary>
internal sealed class MarkedJson
{
    private const string Mark = "  // filled in by the policy";

    private readonly List<string> _lines = [];

    /// <summary>A body and its specs with what the policies of these add.</summary>
    /// <param name="body">The body as it is shown.</param>
    /// <param name="parts">Its specs.</param>
    public static string Of(JObject body, IReadOnlyList<SpecPart> parts)
    {
        var complete = (JObject)body.DeepClone();
        foreach (var part in parts)
        {
            var name = part.Spec.Parent is JProperty property ? property.Name : "spec";
            complete[name] = part.Policy.Complete((JObject)body[name]!);
        }

        var text = new MarkedJson();
        text.Write("", body, complete, 0, "");
        return string.Join("\n", text._lines);
    }

    private void Write(string label, JToken? sent, JToken? complete, int depth, string comma, bool isMarked = false)
    {
        var value = sent ?? complete!;
        var start = new string(' ', 2 * depth) + label;
        var mark = sent is null && !isMarked ? Mark : "";
        var children = value switch
        {
            JObject json => Children(json, complete as JObject),
            JArray list => Children(list, complete as JArray),
            _ => [],
        };
        if (children.Count == 0)
        {
            _lines.Add($"{start}{WireJson.Write(value)}{comma}{mark}");
            return;
        }

        var (open, close) = value is JObject ? ("{", "}") : ("[", "]");
        _lines.Add($"{start}{open}{mark}");
        for (var i = 0; i < children.Count; i++)
        {
            var (name, own, whole) = children[i];
            Write(name, sent is null ? null : own, sent is null ? own : whole, depth + 1, i == children.Count - 1 ? "" : ",", isMarked
                || sent is null);
        }

        _lines.Add($"{new string(' ', 2 * depth)}{close}{comma}");
    }

    private static List<(string Label, JToken? Sent, JToken? Complete)> Children(JObject sent, JObject? complete) =>
    [
        .. sent.Properties().Select(property => (Label(property), (JToken?)property.Value, complete?[property.Name])),
        .. (complete ?? []).Properties()
            .Where(property => sent[property.Name] is null && property.Value is not JContainer { HasValues: false })
            .Select(property => (Label(property), (JToken?)null, (JToken?)property.Value)),
    ];

    /// <summary>
    /// What is sent comes first in the complete list, except for what is only named to be left out; the policy's own items follow.
    /// </summary>
    private static List<(string Label, JToken? Sent, JToken? Complete)> Children(JArray sent, JArray? complete)
    {
        var own = new Queue<JToken>(complete ?? []);
        List<(string, JToken?, JToken?)> children = [.. sent.Select(item =>
            ("", (JToken?)item, item is JObject json && json.IsExcluded() || own.Count == 0 ? null : own.Dequeue()))];
        children.AddRange(own.Select(item => ("", (JToken?)null, (JToken?)item)));
        return children;
    }

    private static string Label(JProperty property) => JsonConvert.ToString(property.Name) + ": ";
}
