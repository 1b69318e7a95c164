namespace RunAi;

/// <summary>An artifact or another object of an artifact store could not be stored, found or fetched.</summary>
public sealed class ArtifactException : RunAiException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What was wrong, where, and what to do next. Holds no credential and no signed address.</param>
    /// <param name="inner">What caused it.</param>
    public ArtifactException(string errorId, string message, Exception? inner = null)
        : base(errorId, message, inner)
    {
    }

    /// <summary>True for trouble of the store or the way to it that may be over soon.</summary>
    internal bool MayPass { get; init; }
}
