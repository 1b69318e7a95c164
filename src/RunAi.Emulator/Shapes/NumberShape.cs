using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunAi.Emulator.Shapes;

/// <summary>A number or whole number within bounds.</summary>
internal sealed record NumberShape : Shape
{
    public bool Whole { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary>int32, int64 or double.</summary>
    public string? Format { get; init; }

    protected override void CheckPresent(string path, JsonNode value, List<ShapeViolation> violations)
    {
        if (value.GetValueKind() != JsonValueKind.Number)
        {
            violations.Add(new(path, Whole ? "value must be a whole number" : "value must be a number"));
            return;
        }

        var number = value.GetValue<double>();
        if (Whole && (number != Math.Floor(number) || Math.Abs(number) > (Format == "int32" ? int.MaxValue : long.MaxValue)))
        {
            violations.Add(new(path, "value must be a whole number"));
        }

        if (number < Minimum)
        {
            violations.Add(new(path, string.Create(CultureInfo.InvariantCulture, $"value must be no less than {Minimum}")));
        }

        if (number > Maximum)
        {
            violations.Add(new(path, string.Create(CultureInfo.InvariantCulture, $"value must be no more than {Maximum}")));
        }
    }
}
