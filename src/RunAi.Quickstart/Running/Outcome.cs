namespace RunAi.Quickstart.Running;

/// <summary>How a command came to its end.</summary>
internal enum Outcome
{
    /// <summary>It ran through, possibly with errors that do not end a script.</summary>
    Completed,

    /// <summary>An error ended it; the error has been shown.</summary>
    Failed,

    /// <summary>Ctrl+C ended it.</summary>
    Stopped,
}
