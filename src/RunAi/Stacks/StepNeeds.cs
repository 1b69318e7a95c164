namespace RunAi.Stacks;

/// <summary>What a step uses that its stack must have a component for.</summary>
[Flags]
internal enum StepNeeds
{
    None = 0,

    /// <summary>A source folder that becomes part of the image.</summary>
    Source = 1,

    /// <summary>The step runner, which has to be put into the image.</summary>
    StepRunner = 2,

    Inputs = 4,

    Outputs = 8,

    /// <summary>The log as the step runner writes it.</summary>
    Log = 16,

    /// <summary>The result object.</summary>
    Result = 32,
}
