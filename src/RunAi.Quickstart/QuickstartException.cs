namespace RunAi.Quickstart;

/// <summary>The shell cannot be started; the message says what to do.</summary>
internal sealed class QuickstartException(string message) : Exception(message);
