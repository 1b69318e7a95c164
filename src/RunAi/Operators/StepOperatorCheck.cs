namespace RunAi;

/// <summary>One line of <c>Test-RunAiStepOperator</c>.</summary>
public sealed class StepOperatorCheck
{
    internal StepOperatorCheck(string stepOperator, string check, bool passed, string message)
    {
        StepOperator = stepOperator;
        Check = check;
        Passed = passed;
        Message = message;
    }

    /// <summary>The step operator's name.</summary>
    public string StepOperator { get; }

    /// <summary>What was checked: <c>Url</c>, <c>Credentials</c>, <c>Project</c> or <c>Cluster</c>.</summary>
    public string Check { get; }

    /// <summary>True when it is as it must be; false also when it could not be checked.</summary>
    public bool Passed { get; }

    /// <summary>What was found, or what is wrong and what to do.</summary>
    public string Message { get; }

    /// <summary>The check on one line.</summary>
    /// <returns>For example <c>Project: vision (id 4)</c>.</returns>
    public override string ToString() => $"{Check}: {Message}";
}
