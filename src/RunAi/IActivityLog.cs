namespace RunAi;

/// <summary>
/// Where the library tells what it does. The library never sees a cmdlet: a cmdlet passes an implementation that
/// writes to its own streams. Implementations accept calls from any thread.
/// </summary>
public interface IActivityLog
{
    /// <summary>One line for the verbose stream: what was asked of whom, and how it went. Never holds a secret.</summary>
    /// <param name="message">The line.</param>
    void Verbose(string message);

    /// <summary>One line for the debug stream: why something was decided. Never holds a secret.</summary>
    /// <param name="message">The line.</param>
    void Debug(string message);

    /// <summary>Something the user should know although the work goes on.</summary>
    /// <param name="message">The line.</param>
    void Warning(string message);
}
