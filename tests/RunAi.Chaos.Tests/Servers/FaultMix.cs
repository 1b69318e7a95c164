namespace RunAi.Chaos.Tests.Servers;

/// <summary>Faults of every kind, which together strike three of ten requests.</summary>
internal static class FaultMix
{
    public static object[] Rules { get; } =
    [
        new { kind = "latency", milliseconds = 80, probability = 0.04 },
        new { kind = "clockSkew", seconds = 90, probability = 0.02 },
        new { kind = "clockSkew", seconds = -240, probability = 0.02 },
        new { kind = "status", status = 429, retryAfterSeconds = 0, probability = 0.03 },
        new { kind = "status", status = 503, probability = 0.02 },
        new { kind = "status", status = 500, when = "after", probability = 0.04 },
        new { kind = "drop", probability = 0.02 },
        new { kind = "drop", when = "after", probability = 0.05 },
        new { kind = "expiredToken", probability = 0.02 },
        new { kind = "malformed", probability = 0.03 },
        new { kind = "truncated", probability = 0.03 },
        new { kind = "html", probability = 0.01 },
        new { kind = "empty", when = "after", probability = 0.02 },
    ];
}
