using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using RunAi.Chaos.Tests.Clients;
using RunAi.Chaos.Tests.Deaths;
using RunAi.Chaos.Tests.Servers;
using Xunit.Abstractions;

namespace RunAi.Chaos.Tests;

/// <summary>
/// Processes that are killed in the middle of a submission, at each step that there is, and others that come after or beside them.
/// </summary>
public sealed partial class DeathTests(ITestOutputHelper output)
{
    [Fact]
    public async Task ProcessKilledAtEachStep_LeavesItsRunToTheNext()
    {
        using var emulator = await ChaosEmulator.StartAsync();
        var store = emulator.NewStore();
        using var next = new ChaosClient(emulator.Access, store);
        var whole = await DyingSubmission.StartAsync(emulator.Access, store, "whole", at: 0);
        Assert.Equal(DyingSubmission.Finished, whole[^1]);
        var runs = new ConcurrentBag<StepRun> { await next.SubmitAsync("whole") };

        await Parallel.ForEachAsync(
            Enumerable.Range(1, whole.Count - 1), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (at, _) =>
            {
                var steps = await DyingSubmission.StartAsync(emulator.Access, store, $"killed-{at}", at);
                Assert.Equal(at, steps.Count);
                Assert.Equal(Verb(whole[at - 1]), Verb(steps[^1]));
                runs.Add(await next.SubmitAsync($"killed-{at}"));
            });

        var census = await Census.TakeAsync(await emulator.LogAsync(), next, runs);
        output.WriteLine($"{census}; killed at {whole.Count - 1} steps: {string.Join(", ", whole.Take(whole.Count - 1).Select(Verb))}");
        census.AssertRight(whole.Count, string.Join('\n', whole));
        Assert.Contains(whole, step => Verb(step) == "after POST /api/v1/workloads/trainings");
        Assert.Contains(whole, step => Verb(step) == "before create 0000.json");
    }

    [Fact]
    public async Task ProcessesWithOneKeyAtOnce_ShareOneWorkload()
    {
        using var emulator = await ChaosEmulator.StartAsync();
        var store = emulator.NewStore();

        var told = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => DyingSubmission.StartAsync(emulator.Access, store, $"shared-{i / 2}", at: 0)));

        Assert.All(told, steps => Assert.Equal(DyingSubmission.Finished, steps[^1]));
        using var client = new ChaosClient(emulator.Access, store);
        StepRun[] runs = [await client.SubmitAsync("shared-0"), await client.SubmitAsync("shared-1")];
        var census = await Census.TakeAsync(await emulator.LogAsync(), client, runs);
        output.WriteLine($"{census}; processes {told.Length}");
        census.AssertRight(2, "two processes for each of two keys");
    }

    /// <summary>What a step does, without the run it does it for.</summary>
    private static string Verb(string step) => KeyOfARun().Replace(step, "");

    [GeneratedRegex("(?<=[ /])(?:runs|data)/.*/")]
    private static partial Regex KeyOfARun();
}
