using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RunAi.Emulator.Shapes;

/// <summary>A string: length, pattern, format (uuid) and closed values.</summary>
internal sealed record TextShape : Shape
{
    public const string QuantityPattern = "^([+]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$";

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public string? Pattern { get; init; }

    public string? Format { get; init; }

    public IReadOnlyList<string>? Values { get; init; }

    protected override void CheckPresent(string path, JsonNode value, List<ShapeViolation> violations)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            violations.Add(new(path, "value must be a string"));
            return;
        }

        var text = value.GetValue<string>();
        if (text.Length < MinLength)
        {
            violations.Add(new(path, string.Create(CultureInfo.InvariantCulture, $"value must have at least {MinLength} characters")));
        }

        if (text.Length > MaxLength)
        {
            violations.Add(new(path, string.Create(CultureInfo.InvariantCulture, $"value must have at most {MaxLength} characters")));
        }

        if (Pattern is not null and not ".*" && !Regex.IsMatch(text, Pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
        {
            violations.Add(new(path, $"value must match {Pattern}"));
        }

        if (Format == "uuid" && !Guid.TryParseExact(text, "D", out _))
        {
            violations.Add(new(path, "value must be a UUID"));
        }

        if (Values is not null && !Values.Contains(text))
        {
            violations.Add(new(path, $"value must be one of {string.Join(", ", Values)}"));
        }
    }
}
