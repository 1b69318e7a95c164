namespace RunAi.Emulator.Execution.Containers;

/// <summary>The container engine refused or could not be reached; the message is its own.</summary>
internal sealed class EngineException(string message, Exception? inner = null) : Exception(message, inner);
