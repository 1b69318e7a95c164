namespace RunAi.PowerShell;

/// <summary>
/// Where the lines go that a command shows while it waits: those of a step's log, and those that tell how the wait goes on.
/// </summary>
public enum LogStream
{
    /// <summary>The information stream, shown by the host; what Write-Host does.</summary>
    Information,

    /// <summary>The output, as texts before the command's objects.</summary>
    Output,

    /// <summary>The verbose stream.</summary>
    Verbose,

    /// <summary>The warning stream.</summary>
    Warning,

    /// <summary>Nowhere.</summary>
    None,
}
