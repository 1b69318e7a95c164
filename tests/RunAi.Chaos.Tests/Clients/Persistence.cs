using System.Collections.Concurrent;
using System.Diagnostics;

namespace RunAi.Chaos.Tests.Clients;

/// <summary>Submits a run as a pipeline does that is started again whenever it failed: with the same key, until it succeeds.</summary>
internal sealed class Persistence
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, int> _failures = new();

    /// <summary>How often a submission failed, by the id of its error.</summary>
    public IReadOnlyDictionary<string, int> Failures => _failures;

    public async Task<StepRun> SubmitAsync(ChaosClient client, string key)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                return await client.SubmitAsync(key);
            }
            catch (RunAiException e) when (clock.Elapsed < Patience)
            {
                _failures.AddOrUpdate(e.ErrorId, 1, (_, count) => count + 1);
                await pace.WaitForNextTickAsync();
            }
        }
    }
}
