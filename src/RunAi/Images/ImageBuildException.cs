namespace RunAi;

/// <summary>A step's image could not be built, read or pushed.</summary>
public sealed class ImageBuildException : RunAiException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What was wrong, where, and what to do next. Holds no credential.</param>
    /// <param name="inner">What caused it.</param>
    public ImageBuildException(string errorId, string message, Exception? inner = null)
        : base(errorId, message, inner)
    {
    }
}
