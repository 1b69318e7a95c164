using System.Text.Json.Nodes;

namespace RunAi.Emulator.Shapes;

/// <summary>
/// An object with known properties. Unknown ones are refused: the document lists none beyond these, and a
/// misspelled optional field should not pass unseen.
/// </summary>
internal sealed record ObjectShape(IReadOnlyDictionary<string, Shape> Properties) : Shape
{
    public IReadOnlySet<string> Required { get; init; } = new HashSet<string>();

    protected override void CheckPresent(string path, JsonNode value, List<ShapeViolation> violations)
    {
        if (value is not JsonObject entries)
        {
            violations.Add(new(path, "value must be an object"));
            return;
        }

        foreach (var name in Required.Where(name => !entries.ContainsKey(name)))
        {
            violations.Add(new(Join(path, name), "value is required"));
        }

        foreach (var (name, entry) in entries)
        {
            if (Properties.TryGetValue(name, out var shape))
            {
                shape.Check(Join(path, name), entry, violations);
            }
            else
            {
                violations.Add(new(Join(path, name), "field is unknown"));
            }
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;
}
