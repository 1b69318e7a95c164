namespace RunAi;

/// <summary>An error that a step's script block wrote or threw in its container, as far as it travels.</summary>
public sealed class ScriptErrorException : RunAiException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What it said there.</param>
    public ScriptErrorException(string message)
        : base(ErrorIds.ScriptError, message)
    {
    }

    /// <summary>The type of the exception there, for example <c>System.IO.FileNotFoundException</c>.</summary>
    public string? OriginalType { get; set; }

    /// <summary>The error's id there, in full.</summary>
    public string? OriginalErrorId { get; set; }

    /// <summary>The line of the block it comes from, with its number.</summary>
    public string? OriginalPosition { get; set; }

    /// <summary>The calls that led to it, as <c>ScriptStackTrace</c> told them there.</summary>
    public string? OriginalScriptStackTrace { get; set; }
}
