namespace RunAi.Runs.Attending;

/// <summary>Runs many steps side by side, at most so many at once, and tells each end as it comes.</summary>
internal sealed class StepBatch
{
    private readonly List<StepInvocation> _begun = [];
    private readonly int _limit;

    /// <param name="limit">The most steps at once.</param>
    public StepBatch(int limit) => _limit = limit;

    /// <summary>Runs all of them. One that fails leaves the others alone.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="run">Runs the step of a number, and hands over its invocation before it submits anything.</param>
    /// <param name="ended">Gets the number, the run (null for one that came to none), and the failure (null for a success).</param>
    /// <param name="ct">Ends the work; <see cref="StopAsync"/> then puts in order what there is.</param>
    public async Task RunAsync(
        int count,
        Func<int, Action<StepInvocation>, Task<(StepRun? Run, RunAiException? Failure)>> run,
        Action<int, StepRun?, RunAiException?> ended,
        CancellationToken ct)
    {
        await Concurrently.ForEachAsync([.. Enumerable.Range(0, count)], RunOneAsync, _limit, ct).ConfigureAwait(false);

        async Task RunOneAsync(int number)
        {
            try
            {
                var (done, failure) = await run(number, Begin).ConfigureAwait(false);
                ended(number, done, failure);
            }
            catch (RunAiException refused)
            {
                ended(number, null, refused);
            }
        }
    }

    /// <summary>Puts in order what there is, after the work was ended early.</summary>
    /// <param name="how">What ended it, such as <c>Ctrl+C</c>.</param>
    /// <returns>What is left, a sentence for each step that left something.</returns>
    public async Task<IReadOnlyList<string>> StopAsync(string how)
    {
        StepInvocation[] begun;
        lock (_begun)
        {
            begun = [.. _begun];
        }

        var left = begun.Where(invocation => !invocation.IsOver).Select(invocation => invocation.StopAsync(how));
        return [.. (await Task.WhenAll(left).ConfigureAwait(false)).OfType<string>()];
    }

    private void Begin(StepInvocation invocation)
    {
        lock (_begun)
        {
            _begun.Add(invocation);
        }
    }
}
