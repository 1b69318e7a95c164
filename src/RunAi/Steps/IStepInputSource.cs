namespace RunAi.Steps;

/// <summary>A thing that may be given as a step's input and stands for an artifact, such as a run with one output.</summary>
internal interface IStepInputSource
{
    /// <summary>The artifact it stands for.</summary>
    /// <param name="problem">Why it stands for none, to follow the input's name, and what to give instead; empty when there is one.</param>
    /// <returns>The artifact, or null.</returns>
    Artifact? AsInput(out string problem);
}
