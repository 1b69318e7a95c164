using Newtonsoft.Json.Linq;
using RunAi.Steps;

namespace RunAi.Policies;

/// <summary>Numbers and quantities of specs and rules, as exact amounts.</summary>
internal static class PolicyAmount
{
    private const double Most = 1e27;

    private static readonly string[] Quantities = ["cpuMemoryLimit", "cpuMemoryRequest", "gpuMemoryLimit", "gpuMemoryRequest"];
    private static readonly string[] Fractions = ["cpuCoreLimit", "cpuCoreRequest", "gpuPortionLimit", "gpuPortionRequest"];

    /// <summary>The amount of a number or of a quantity such as <c>4G</c>; null for what is neither.</summary>
    public static decimal? Of(JToken? token) => token?.Type switch
    {
        JTokenType.Integer or JTokenType.Float when Math.Abs(token.Value<double>()) < Most => (decimal)token.Value<double>(),
        JTokenType.String when Quantity.TryParse(token.Value<string>()!, out var quantity, out _) => quantity.Value,
        _ => null,
    };

    /// <summary>The value of a field that is taken from another one's; null when one is a number and the other a quantity.</summary>
    public static JToken? Times(JToken source, decimal factor, string field)
    {
        var isQuantity = Quantities.Contains(field);
        if (isQuantity != (source.Type == JTokenType.String) || Of(source) is not { } amount)
        {
            return null;
        }

        var product = amount * factor;
        return isQuantity ? new JValue(Quantity.Of(decimal.Round(product)))
            : Fractions.Contains(field) ? new JValue((double)product)
            : new JValue((long)decimal.Round(product));
    }
}
