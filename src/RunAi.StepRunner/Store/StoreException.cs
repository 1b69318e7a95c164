namespace RunAi.StepRunner.Store;

/// <summary>Why an object could not be read or written.</summary>
internal sealed class StoreException(StoreFailure failure, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public StoreFailure Failure { get; } = failure;

    /// <summary>When the store asks to try again; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
