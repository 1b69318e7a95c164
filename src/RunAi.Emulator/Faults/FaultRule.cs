namespace RunAi.Emulator.Faults;

/// <summary>Which requests meet which fault, how often.</summary>
internal sealed record FaultRule
{
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>GET, POST ...; any when absent.</summary>
    public string? Method { get; init; }

    /// <summary>The path with * and ?; any API path when absent.</summary>
    public string Path { get; init; } = "*";

    public required FaultKind Kind { get; init; }

    /// <summary>Before the effect unless said otherwise; malformed, truncated and clockSkew come after it by nature.</summary>
    public FaultMoment When { get; init; }

    /// <summary>For status: 400 to 599.</summary>
    public int Status { get; init; } = 503;

    /// <summary>For status: seconds of Retry-After; none when absent.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>For status: Retry-After as an HTTP date instead of seconds.</summary>
    public bool RetryAfterAsDate { get; init; }

    /// <summary>For latency.</summary>
    public int Milliseconds { get; init; }

    /// <summary>For clockSkew: positive when the server's clock is ahead. For quietCut and streamCut: after so long.</summary>
    public double Seconds { get; init; }

    /// <summary>0 to 1; always when absent.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>How many requests meet the fault before the rule is spent; all when absent.</summary>
    public int? Count { get; init; }

    /// <summary>How many requests have met it.</summary>
    public int Hits { get; init; }

    /// <summary>What is wrong with the rule, or null.</summary>
    public string? Objection() => this switch
    {
        { Kind: FaultKind.Status, Status: < 400 or > 599 } => "status must be 400 to 599.",
        { Probability: not (> 0 and <= 1) } => "probability must be above 0 and at most 1.",
        { Count: < 1 } => "count must be 1 or more.",
        { Milliseconds: < 0 or > 600_000 } => "milliseconds must be 0 to 600000.",
        { Kind: FaultKind.QuietCut or FaultKind.StreamCut, Seconds: not >= 0 } => "seconds must not be negative.",
        { RetryAfterSeconds: < 0 } => "retryAfterSeconds must not be negative.",
        _ => null,
    };
}
