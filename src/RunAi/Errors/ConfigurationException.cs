namespace RunAi;

/// <summary>The configuration file, or something that is registered in it, is not as it must be.</summary>
public sealed class ConfigurationException : RunAiException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What was wrong, what was expected and what to do next.</param>
    /// <param name="inner">What caused it.</param>
    public ConfigurationException(string errorId, string message, Exception? inner = null)
        : base(errorId, message, inner)
    {
    }
}
