namespace RunAi.Emulator.CommandLine;

/// <summary>The command line or a file it names cannot be used; the message is for the user.</summary>
internal sealed class OptionException(string message, Exception? inner = null) : Exception(message, inner);
