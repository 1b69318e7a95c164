namespace RunAi.Steps;

/// <summary>An input that is made here and is no file of the user's.</summary>
/// <param name="FileName">The name of the file in the container.</param>
/// <param name="Bytes">Its content.</param>
internal sealed record StepContent(string FileName, byte[] Bytes);
