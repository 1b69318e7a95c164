using Newtonsoft.Json.Linq;

namespace RunAi.ControlPlane;

/// <summary>What came back from one attempt at a request, be it nothing.</summary>
internal sealed class ApiAnswer
{
    /// <summary>Why there is no proper answer, if so.</summary>
    public AnswerFailure Fault { get; init; }

    /// <summary>The fault in words, without the host.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What caused the fault; of a type that may show in a public exception.</summary>
    public Exception? Cause { get; init; }

    /// <summary>The HTTP status, or null when none came.</summary>
    public int? Status { get; init; }

    /// <summary>The body, when it is JSON.</summary>
    public JToken? Json { get; init; }

    /// <summary>The beginning of a body that is not JSON, fit to be shown.</summary>
    public string Text { get; init; } = "";

    /// <summary>The id a gateway or the control plane gave the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Where a redirection points.</summary>
    public string? Location { get; init; }

    /// <summary>The server's time (the <c>Date</c> header), or null when it gave none.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>How long the control plane asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long the request has been going on, over all its attempts.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>True for a proper answer of the 2xx kind.</summary>
    public bool Succeeded => Fault == AnswerFailure.None && Status is >= 200 and < 300;

    /// <summary>True when the request may have had its effect although this answer is no success.</summary>
    public bool MayHaveHappened => Fault switch
    {
        AnswerFailure.NotConnected or AnswerFailure.CircuitOpen or AnswerFailure.ProxyRefused => false,
        AnswerFailure.None => Status is 408 or >= 500,
        _ => true,
    };

    /// <summary>True when the request surely had no effect and may fare better a little later.</summary>
    public bool SurelyIgnored => Fault == AnswerFailure.NotConnected || (Fault == AnswerFailure.None && Status == 429);

    /// <summary>True when the same request may fare better a little later.</summary>
    public bool IsTransient => Fault switch
    {
        AnswerFailure.None => Status is 408 or 429 or (>= 500 and not 501 and not 505),
        AnswerFailure.CircuitOpen or AnswerFailure.NotJson or AnswerFailure.ProxyRefused => false,
        _ => true,
    };

    /// <summary>True when the host, or what stands before it, is in trouble; the circuit breaker counts these.</summary>
    public bool IsHostTrouble => Fault switch
    {
        AnswerFailure.None => Status is 502 or 503 or 504,
        AnswerFailure.NotConnected or AnswerFailure.ConnectionLost or AnswerFailure.TimedOut => true,
        _ => false,
    };

    /// <summary>The outcome in a few words, for the verbose stream and for other messages.</summary>
    public string Summary => Fault == AnswerFailure.None ? $"{Status}" : Reason;

    /// <summary>True when the beginning of a body is that of HTML or XML.</summary>
    public static bool IsWebPage(string text) => text.Length > 0 && text[0] == '<';
}
