using System.Text.Json.Nodes;

namespace RunAi.Emulator.Shapes;

/// <summary>What a JSON value of a request must look like, as the document's schema for it says.</summary>
internal abstract record Shape
{
    public bool Nullable { get; init; }

    /// <summary>Adds a line for each way in which the value does not have this shape.</summary>
    public void Check(string path, JsonNode? value, List<ShapeViolation> violations)
    {
        if (value is not null)
        {
            CheckPresent(path, value, violations);
        }
        else if (!Nullable)
        {
            violations.Add(new(path, "value must not be null"));
        }
    }

    protected abstract void CheckPresent(string path, JsonNode value, List<ShapeViolation> violations);
}
