using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Shapes;

/// <summary>True or false.</summary>
internal sealed record FlagShape : Shape
{
    protected override void CheckPresent(string path, JsonNode value, List<ShapeViolation> violations)
    {
        if (value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            violations.Add(new(path, "value must be true or false"));
        }
    }
}
