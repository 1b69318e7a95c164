namespace RunAi.Artifacts;

/// <summary>Repeats a request while a store is in trouble that may pass: one patience for every kind of store.</summary>
internal sealed class StoreRetry
{
    private readonly StoreOptions _options;
    private readonly TimeProvider _time;

    public StoreRetry(StoreOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
    }

    /// <param name="call">One attempt; it fails with <see cref="ArtifactException"/>.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        var begun = _time.GetTimestamp();
        for (var retry = 1; ; retry++)
        {
            var delay = _options.DelayBefore(retry);
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (ArtifactException trouble) when (trouble.MayPass && _time.GetElapsedTime(begun) + delay <= _options.RetryTimeout)
            {
                await _time.DelayAsync(delay, ct).ConfigureAwait(false);
            }
        }
    }
}
