namespace RunAi.ControlPlane;

/// <summary>Why an attempt at a request has no proper answer.</summary>
internal enum AnswerFailure
{
    /// <summary>It has one, whatever its status.</summary>
    None,

    /// <summary>No connection came about, so the control plane knows nothing of the request.</summary>
    NotConnected,

    /// <summary>
    /// A proxy wants a sign-in, so the control plane knows nothing of the request; asking again would only lock an account.
    /// </summary>
    ProxyRefused,

    /// <summary>Too many requests to the host failed lately, so this one was not sent.</summary>
    CircuitOpen,

    /// <summary>The connection broke after the request may have been sent.</summary>
    ConnectionLost,

    /// <summary>The time for one attempt ran out.</summary>
    TimedOut,

    /// <summary>A success whose body is absent or cut short.</summary>
    Incomplete,

    /// <summary>A success whose body is something else, such as a web page of a gateway.</summary>
    NotJson,
}
