using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using RunAi.Chaos.Tests.Clients;
using RunAi.Chaos.Tests.Servers;
using RunAi.Watching;
using Xunit.Abstractions;

namespace RunAi.Chaos.Tests;

/// <summary>
/// Many submissions, eight at a time, while three of ten requests fail: each run has one workload in the end, which its client knows. Few
/// runs unless <c>RUNAI_CHAOS_SUBMISSIONS</c> says how many.
/// </summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int AtOnce = 8;
    private const int Few = 40;

    private static readonly int Submissions = Number("RUNAI_CHAOS_SUBMISSIONS", Few);
    private static readonly int Seed = Number("RUNAI_CHAOS_SEED", 20241);

    [Fact]
    public async Task FaultsOfTheControlPlane_LeaveOneWorkloadForEachRun()
    {
        using var emulator = await ChaosEmulator.StartAsync();
        await emulator.AddFaultsAsync(FaultMix.Rules);

        var (census, runs, told) = await RageAsync(emulator, emulator.Access, async client =>
        {
            var faults = await emulator.FaultsAsync();
            await emulator.ClearFaultsAsync();
            var requests = await emulator.RequestsAsync();
            return Tell("faults", faults.Sum(fault => (int)fault!["hits"]!), requests, faults.Select(fault =>
                ($"{fault!["kind"]}{(string)fault["when"]! switch { "after" => " after", _ => "" }}", (int)fault["hits"]!)));
        });

        census.AssertRight(Submissions, told);
        Assert.Equal(Submissions, runs.Count);
    }

    [Fact]
    public async Task BadNetwork_LeavesOneWorkloadForEachRun()
    {
        using var emulator = await ChaosEmulator.StartAsync();
        using var relay = new ChaoticRelay(emulator.Port, Seed);

        var (census, runs, told) = await RageAsync(emulator, ChaosEmulator.AccessBy(relay.Port), async client =>
        {
            relay.IsMischievous = false;
            var requests = await emulator.RequestsAsync();
            return $"seed {Seed}, connections {relay.Connections}, "
                + Tell("mischief", relay.Done.Values.Sum(), requests, relay.Done.Select(pair => ($"{pair.Key}", pair.Value)));
        });

        census.AssertRight(Submissions, told);
        Assert.Equal(Enum.GetValues<Mischief>().Order(), relay.Done.Keys.Order());
    }

    /// <summary>Submits and waits for all, then ends the trouble, counts, and tells.</summary>
    private async Task<(Census Census, IReadOnlyCollection<StepRun> Runs, string Told)> RageAsync(
        ChaosEmulator emulator, ChaosAccess access, Func<ChaosClient, Task<string>> calm)
    {
        var clock = Stopwatch.StartNew();
        var store = emulator.NewStore();
        var persistence = new Persistence();
        var runs = new ConcurrentBag<StepRun>();
        var clients = Enumerable.Range(0, AtOnce).Select(_ => new ChaosClient(access, store)).ToList();
        await Task.WhenAll(clients.Select((client, first) => Task.Run(async () =>
        {
            for (var i = first; i < Submissions; i += AtOnce)
            {
                runs.Add(await persistence.SubmitAsync(client, $"run-{i}"));
            }
        })));
        var ended = await Task.WhenAll(
            clients.Select((client, first) => client.WaitAsync(runs.Where((_, i) => i % AtOnce == first).Select(run => run.WorkloadId!))));
        var told = await calm(clients[0]);
        var census = await Census.TakeAsync(await emulator.LogAsync(), clients[0], runs);
        output.WriteLine($"{census}, in {clock.Elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s");
        output.WriteLine(told);
        output.WriteLine("failed submissions, each begun again with its key: "
            + $"{List(persistence.Failures.Select(failure => (failure.Key, failure.Value)))}");
        clients.ForEach(client => client.Dispose());
        Assert.All(ended.SelectMany(outcomes => outcomes), watchOutcome => Assert.Equal(WatchOutcomeKind.Completed, watchOutcome.Kind));
        Assert.Equal(Submissions, ended.Sum(outcomes => outcomes.Count));
        return (census, runs, told);
    }

    private static string Tell(string what, int hits, int requests, IEnumerable<(string Name, int Count)> kinds) =>
        $"requests {requests}, {what} {hits}: {List(kinds)}";

    private static string List(IEnumerable<(string Name, int Count)> counts)
    {
        var list = string.Join(
            ", ", counts.OrderBy(count => count.Name, StringComparer.Ordinal).Select(count => $"{count.Name} {count.Count}"));
        return list.Length == 0 ? "none" : list;
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
            ? number
            : otherwise;
}
