namespace RunAi;

/// <summary>The client id or secret was refused, or a token was and a new one did not help.</summary>
public sealed class RunAiAuthenticationException : RunAiApiException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">What was wrong, what was expected and what to do next.</param>
    /// <param name="inner">What caused it.</param>
    public RunAiAuthenticationException(string message, Exception? inner = null)
        : base(ErrorIds.AuthenticationFailed, message, inner)
    {
    }
}
