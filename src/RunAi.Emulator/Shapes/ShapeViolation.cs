namespace RunAi.Emulator.Shapes;

/// <summary>A field, dotted, and what is wrong with it.</summary>
internal sealed record ShapeViolation(string Field, string Details);
