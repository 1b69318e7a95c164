namespace RunAi.Content;

/// <summary>
/// A folder or archive could not be read or written. Whoever asked turns it into the exception of its feature: an image that cannot be
/// built, an artifact that cannot be stored or saved.
/// </summary>
internal sealed class ContentException : RunAiException
{
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What was wrong, where, and what to do next.</param>
    /// <param name="inner">What caused it.</param>
    public ContentException(string errorId, string message, Exception? inner = null)
        : base(errorId, message, inner)
    {
    }
}
