namespace RunAi;

/// <summary>One line of <c>Test-RunAiStack</c>.</summary>
public sealed class StackCheck
{
    internal StackCheck(string stack, string component, string check, bool passed, string message)
    {
        Stack = stack;
        Component = component;
        Check = check;
        Passed = passed;
        Message = message;
    }

    /// <summary>The stack's name.</summary>
    public string Stack { get; }

    /// <summary>
    /// The place in the stack: <c>StepOperator</c>, <c>ArtifactStore</c>, <c>ContainerRegistry</c> or <c>ImageBuilder</c>.
    /// </summary>
    public string Component { get; }

    /// <summary>What was checked, such as <c>Credentials</c> or <c>Push</c>.</summary>
    public string Check { get; }

    /// <summary>True when it is as it must be; false also when it could not be checked.</summary>
    public bool Passed { get; }

    /// <summary>What was found, or what is wrong and what to do.</summary>
    public string Message { get; }

    /// <summary>The check on one line.</summary>
    /// <returns>For example <c>ContainerRegistry, Push: myorg.azurecr.io/steps takes images</c>.</returns>
    public override string ToString() => $"{Component}, {Check}: {Message}";
}
