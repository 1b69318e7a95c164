using System.Globalization;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Shapes;

/// <summary>A list of items of one shape.</summary>
internal sealed record ListShape(Shape Item) : Shape
{
    protected override void CheckPresent(string path, JsonNode value, List<ShapeViolation> violations)
    {
        if (value is not JsonArray items)
        {
            violations.Add(new(path, "value must be a list"));
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            Item.Check(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), items[i], violations);
        }
    }
}
