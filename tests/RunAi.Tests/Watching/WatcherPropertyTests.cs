using CsCheck;
using RunAi.Watching;
using static RunAi.Tests.Watching.WatchBench;

namespace RunAi.Tests.Watching;

public class WatcherPropertyTests
{
    private static readonly string?[] Phases =
    [
        "", "Creating", "Initializing", "Resuming", "Pending", "Deleting", "Running", "Updating", "Stopped", "Stopping",
        "Degraded", "Terminating", "Unknown", "Hibernating", null,
    ];

    private static readonly string[] Ends = ["Completed", "Failed", "Stopped"];
    private static readonly Gen<string?> AnyPhase = Gen.Int[0, Phases.Length - 1].Select(i => Phases[i]);
    private static readonly Gen<string> AnyEnd = Gen.Int[0, Ends.Length - 1].Select(i => Ends[i]);
    private static readonly Gen<double?> AnyTold = Gen.Double[-100, 100].Select(seconds => seconds < 0 ? (double?)null : seconds);

    private static readonly Gen<Script> AnyScript =
        from parts in Gen.Select(AnyPhase, Gen.Double[0.1, 400]).Array[0, 12]
        from end in AnyEnd
        from troubles in Gen.Int[0, 4].Array[1, 60]
        from told in AnyTold
        select new Script(parts, end, troubles, told);

    [Fact]
    public void Watch_NoClockAndNoDeleteOnFailure_NeverStopsOrDeletes() => AnyScript.Array[1, 5].Sample(
        scripts =>
        {
            var bench = Bench(scripts);

            bench.WatchAsync(scripts.Select((_, i) => Request("w" + i)).ToArray()).GetAwaiter().GetResult();

            Assert.Empty(bench.Source.Calls);
            AssertEachToldOnce(bench, scripts.Length);
        },
        iter: 200);

    [Fact]
    public void Watch_Clocks_StopOnlyWhatRanOutAndTellEachOnce() => AnyScript.Array[1, 5].Sample(
        scripts =>
        {
            var bench = Bench(scripts);
            var requests = scripts.Select((_, i) => Request("w" + i, pending: 300, workload: 900, run: 200, delete: i % 2 == 0));

            bench.WatchAsync(requests.ToArray()).GetAwaiter().GetResult();

            AssertEachToldOnce(bench, scripts.Length);
            Assert.All(bench.Ended, ended => Assert.True(
                ended.Outcome.Limit is null || ended.Outcome.Limit.Elapsed >= ended.Outcome.Limit.Limit));
            Assert.All(bench.Source.Calls, call =>
            {
                var outcome = bench.Ended.Single(ended => call.Contains($" {ended.Outcome.Workload.WorkloadId} ")).Outcome;
                Assert.True(outcome.Kind is WatchOutcomeKind.TimedOut or WatchOutcomeKind.Failed, $"{call}: {outcome.Kind}");
            });
        },
        iter: 200);

    private static void AssertEachToldOnce(WatchBench bench, int count) => Assert.Equal(
        Enumerable.Range(0, count).Select(i => "w" + i),
        bench.Ended.Select(ended => ended.Outcome.Workload.WorkloadId).Order());

    private static WatchBench Bench(Script[] scripts)
    {
        var bench = new WatchBench();
        for (var i = 0; i < scripts.Length; i++)
        {
            scripts[i].Play(bench.Source, "w" + i);
        }

        var troubles = scripts[0].Troubles;
        bench.Source.LookTrouble = at => at > 20_000 ? null : troubles[bench.Source.Looks.Count % troubles.Length] switch
        {
            1 => new HttpRequestException("reset"),
            2 => new RunAiAuthenticationException("401"),
            3 => new TaskCanceledException("timed out"),
            _ => null,
        };
        return bench;
    }

    private sealed record Script((string? Phase, double Seconds)[] Parts, string End, int[] Troubles, double? Told)
    {
        public void Play(ScriptedSource source, string id)
        {
            var at = 0.0;
            foreach (var (phase, seconds) in Parts)
            {
                source.Then(id, at, phase, workload => workload.RunningTime = Told is { } told ? TimeSpan.FromSeconds(told) : null);
                at += seconds;
            }

            source.Then(id, at, End);
        }
    }
}
