using System.Collections.Concurrent;
using RunAi.Chaos.Tests.Clients;
using RunAi.Chaos.Tests.Servers;
using RunAi.Watching;
using Xunit.Abstractions;

namespace RunAi.Chaos.Tests;

/// <summary>A control plane that is killed and comes back, while clients submit and wait.</summary>
public sealed class RestartTests(ITestOutputHelper output)
{
    private const int AtOnce = 8;
    private const int Runs = 24;
    private const int Kills = 3;

    [Fact]
    public async Task KilledAndRestarted_InTheMiddleOfSubmissionsAndWaits_NothingIsLost()
    {
        using var emulator = await ChaosEmulator.StartAsync(keeps: true);
        var store = emulator.NewStore();
        var persistence = new Persistence();
        var (runs, outcomes, next) = (new ConcurrentBag<StepRun>(), new ConcurrentBag<WatchOutcome>(), 0);
        using var reached = new SemaphoreSlim(0);
        var clients = Enumerable.Range(0, AtOnce).Select(_ => new ChaosClient(emulator.Access, store)).ToList();
        var working = clients.Select(client => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) <= Runs;)
            {
                var run = await persistence.SubmitAsync(client, $"run-{i}");
                runs.Add(run);
                reached.Release();
                (await client.WaitAsync([run.WorkloadId!])).ToList().ForEach(outcomes.Add);
            }
        })).ToList();

        var lives = new List<EmulatorEffect>();
        for (var kill = 1; kill <= Kills; kill++)
        {
            // So many more submissions are through; others are on their way, and waits too.
            for (var i = 0; i < Runs / (Kills + 1); i++)
            {
                await reached.WaitAsync(TimeSpan.FromMinutes(2));
            }

            lives.AddRange((await emulator.LogAsync()).Where(effect => effect.Kind is "stopped" or "deleted"));
            await emulator.KillAsync();
            await emulator.RestartAsync();
        }

        await Task.WhenAll(working);
        lives.AddRange((await emulator.LogAsync()).Where(effect => effect.Kind is "stopped" or "deleted"));
        lives.AddRange(await emulator.CreatedAsync());
        var census = await Census.TakeAsync(lives, clients[0], runs);
        output.WriteLine(
            $"{census}; killed {Kills} times; failed submissions, each begun again with its key: {persistence.Failures.Values.Sum()}");
        clients.ForEach(client => client.Dispose());
        census.AssertRight(Runs, "");
        Assert.Equal(Runs, outcomes.Count);
        Assert.All(outcomes, watchOutcome => Assert.Equal(WatchOutcomeKind.Completed, watchOutcome.Kind));
    }
}
