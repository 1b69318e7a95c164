namespace RunAi;

/// <summary>A secret reference leads nowhere: no vault, no secret, no key in it, or no such environment variable.</summary>
public sealed class SecretNotFoundException : RunAiException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">What was wrong, what was expected and what to do next.</param>
    /// <param name="inner">What caused it.</param>
    public SecretNotFoundException(string message, Exception? inner = null)
        : base(ErrorIds.SecretNotFound, message, inner)
    {
    }
}
