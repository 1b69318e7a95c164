namespace RunAi.Emulator.Faults;

/// <summary>What can go wrong on purpose.</summary>
internal enum FaultKind
{
    /// <summary>The request waits some milliseconds, before its effect or, the effect done, before the answer.</summary>
    Latency,

    /// <summary>An error status, with Retry-After where asked for.</summary>
    Status,

    /// <summary>The connection goes away without an answer.</summary>
    Drop,

    /// <summary>401, as for an expired token.</summary>
    ExpiredToken,

    /// <summary>The answer's body is no JSON.</summary>
    Malformed,

    /// <summary>The answer's body ends in the middle although Content-Length promised all of it.</summary>
    Truncated,

    /// <summary>502 with a gateway's HTML page.</summary>
    Html,

    /// <summary>The answer has no body.</summary>
    Empty,

    /// <summary>The server's clock is some seconds off, in the Date header and in every time of the body.</summary>
    ClockSkew,

    /// <summary>A stream of a log is cut off when it was quiet for some seconds.</summary>
    QuietCut,

    /// <summary>A stream of a log is cut off after some seconds.</summary>
    StreamCut,

    /// <summary>A log comes in messages of one byte, so that characters are cut.</summary>
    SplitText,

    /// <summary>A log comes in binary messages instead of text.</summary>
    Binary,
}
