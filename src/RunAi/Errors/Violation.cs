namespace RunAi;

/// <summary>One field that breaks a rule, and what to do about it.</summary>
public sealed class Violation
{
    /// <summary>Creates a violation.</summary>
    /// <param name="field">The parameter as the user writes it, for example <c>GpuPortionRequest</c>.</param>
    /// <param name="message">What is wrong and what to do: <c>1.5 is above 1. Ask for GpuDevicesRequest 2 ...</c>.</param>
    public Violation(string field, string message)
    {
        Field = field;
        Message = message;
    }

    /// <summary>The parameter as the user writes it.</summary>
    public string Field { get; }

    /// <summary>What is wrong and what to do.</summary>
    public string Message { get; }

    /// <summary>The violation on one line.</summary>
    /// <returns><c>field: message</c>.</returns>
    public override string ToString() => $"{Field}: {Message}";
}
