namespace RunAi.StepRunner.Folders;

/// <summary>A tar stream holds what will not be unpacked.</summary>
internal sealed class UnpackException(string message) : Exception(message);
