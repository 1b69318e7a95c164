namespace RunAi.ControlPlane;

/// <summary>The limits of patience with a control plane. The defaults suit people and pipelines.</summary>
internal sealed record ControlPlaneOptions
{
    /// <summary>How long one attempt at a request may take, answer included.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How often a request that may be repeated is repeated.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>The median wait before the first repetition; it doubles, with decorrelated jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between attempts, also when <c>Retry-After</c> asks for more.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>No repetition starts once a request has been going on for this long.</summary>
    public TimeSpan MaxRetryTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The number of requests within <see cref="BreakerWindow"/> below which the circuit never opens.</summary>
    public int BreakerThroughput { get; init; } = 20;

    /// <summary>The window over which failures are counted.</summary>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an open circuit lets no request through.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long looked-up projects and clusters are trusted.</summary>
    public TimeSpan LookupLifetime { get; init; } = TimeSpan.FromMinutes(5);
}
