namespace RunAi.Images;

/// <summary>Times, counts and sizes of the talk with registries; the defaults are what users get.</summary>
internal sealed class RegistryOptions
{
    /// <summary>How long a registry may take to answer, and a transfer may stand still.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How often a request or a transfer is tried again without having come further.</summary>
    public int Retries { get; set; } = 4;

    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Blobs up to this size go in one request, larger ones in chunks of it; in bytes.</summary>
    public int ChunkSize { get; set; } = 64 << 20;

    /// <summary>How many blobs travel at once.</summary>
    public int Parallel { get; set; } = 3;

    /// <summary>The pause before a try that follows so many failures; it doubles.</summary>
    public TimeSpan DelayBefore(int failures) => new GrowingPause(RetryDelay, MaxRetryDelay).OfNumber(failures);
}
