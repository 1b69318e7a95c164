using System.Text.Json.Nodes;
using RunAi.Emulator.Policies;
using RunAi.Emulator.Shapes;

namespace RunAi.Emulator.Templates;

/// <summary>Lays a submitted spec over a template's: what was sent has the say, and list items of both are there, one of a kind.</summary>
internal static class TemplateMerge
{
    public static JsonObject Over(JsonObject spec, JsonObject template)
    {
        var merged = (JsonObject)spec.DeepClone();
        Fill(TrainingShape.Spec, merged, template);
        return merged;
    }

    private static void Fill(ObjectShape shape, JsonObject own, JsonObject template)
    {
        foreach (var (name, value) in template)
        {
            var field = shape.Properties[name];
            switch (value)
            {
                case JsonArray items when PolicyShape.IsItemized(field, out _):
                    Add(name, own, items);
                    break;
                case JsonObject section when field is ObjectShape inner && !PolicyShape.IsWhole(name):
                    Fill(inner, (JsonObject)(own[name] ??= new JsonObject()), section);
                    break;
                default:
                    own[name] ??= value?.DeepClone();
                    break;
            }
        }
    }

    private static void Add(string field, JsonObject own, JsonArray items)
    {
        var list = (JsonArray)(own[field] ??= new JsonArray());
        var sent = list.OfType<JsonObject>().Select(item => ItemKey.Of(field, item)).OfType<string>().ToHashSet();
        foreach (var item in items.OfType<JsonObject>().Where(item => ItemKey.Of(field, item) is not { } key || !sent.Contains(key)))
        {
            list.Add(item.DeepClone());
        }
    }
}
