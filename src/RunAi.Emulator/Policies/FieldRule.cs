using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunAi.Emulator.Scheduling;

namespace RunAi.Emulator.Policies;

/// <summary>The rules of one field: canEdit, blocked, required, min, max, step, options.</summary>
internal static class FieldRule
{
    public static IEnumerable<ComplianceIssue> Check(string field, JsonNode? submitted, JsonNode? effective, JsonObject rule)
    {
        // Even the default's own value is refused: the field is not the submitter's to set.
        if ((bool?)rule["canEdit"] == false && submitted is not null)
        {
            yield return new(field, "value cannot be edited", "canEdit");
        }

        if ((bool?)rule["blocked"] == true && submitted is not null)
        {
            yield return new(field, "field is blocked", "blocked");
        }

        // "Mandatory array must include at least one item."
        if (effective is null or JsonArray { Count: 0 })
        {
            if ((bool?)rule["required"] == true)
            {
                yield return new(field, "value is required", "required");
            }

            yield break;
        }

        if (Amount(effective) is { } value)
        {
            var min = Amount(rule["min"]);
            if (value < min)
            {
                yield return new(field, $"value must be no less than {rule["min"]}", "min");
            }

            if (value > Amount(rule["max"]))
            {
                yield return new(field, $"value must be no more than {rule["max"]}", "max");
            }

            if (Amount(rule["step"]) is > 0 and var step && (value - (min ?? 0)) % step != 0)
            {
                yield return new(
                    field, string.Create(CultureInfo.InvariantCulture, $"value must be {min ?? 0} plus a multiple of {step}"), "step");
            }
        }

        if (rule["options"] is JsonArray { Count: > 0 } options)
        {
            var allowed = options.Select(option => (string?)option?["value"]).ToList();
            var values = effective is JsonArray list ? list.Select(item => (string?)item) : [(string?)effective];
            if (values.Any(text => !allowed.Contains(text)))
            {
                yield return new(field, $"value must be one of {string.Join(", ", allowed)}", "options");
            }
        }
    }

    private static decimal? Amount(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number => Convert.ToDecimal(node.GetValue<double>()),
        JsonValueKind.String when Quantity.TryParse((string?)node, out var quantity) => quantity,
        _ => null,
    };
}
