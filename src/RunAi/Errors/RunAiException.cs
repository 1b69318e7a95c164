using RunAi.Redaction;

namespace RunAi;

/// <summary>The root of every failure this library reports on purpose.</summary>
public class RunAiException : Exception
{
    /// <summary>Creates a failure.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">What was wrong, what was expected and what to do next. Holds no secret.</param>
    /// <param name="inner">What caused it.</param>
    public RunAiException(string errorId, string message, Exception? inner = null)
        : base(AgentCommand.Break(message), KnownSecrets.Harmless(inner)) => ErrorId = errorId;

    /// <summary>The stable id of the failure, one of <see cref="ErrorIds"/>; scripts branch on it.</summary>
    public string ErrorId { get; }

    /// <summary>The thing that failed: a name, an id or an object the user gave.</summary>
    public object? Target { get; set; }

    /// <summary>The next thing to do, where it is more than the message says.</summary>
    public string? RecommendedAction { get; set; }
}
