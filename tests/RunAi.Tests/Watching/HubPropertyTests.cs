using CsCheck;
using RunAi.Watching;
using RunAi.Workloads;
using static RunAi.Tests.Watching.WatchBench;

namespace RunAi.Tests.Watching;

/// <summary>
/// Whatever the control plane answers, late, doubled, out of order, from an old copy, in part: waiting harms nothing and ends.
/// </summary>
public class HubPropertyTests
{
    private const double CalmAfter = 20_000;

    private static readonly string[] Phases =
        [
            "Creating", "Pending", "Initializing", "Running", "Updating", "Degraded", "Stopping", "Resuming", "Terminating", "Unknown",
            "Hibernating", "",
        ];

    private static readonly string[] Ends = ["Completed", "Failed", "Stopped"];

    private static readonly Gen<Life> AnyLife =
        from parts in Gen.Select(Gen.Int[0, Phases.Length - 1], Gen.Double[0.1, 600]).Array[0, 10]
        from end in Gen.Int[0, Ends.Length - 1]
        select new Life([.. parts.Select(part => (Phases[part.Item1], part.Item2))], Ends[end]);

    private static readonly Gen<Script> AnyScript =
        from lives in AnyLife.Array[1, 8]
        from faults in Gen.Int[0, 9].Array[1, 60]
        from skews in Gen.Int[-7200, 7200].Array[1, 6]
        from lag in Gen.Int[-300, 5]
        from pageSize in Gen.Int[1, 4]
        select new Script(lives, faults, skews, lag, pageSize);

    [Fact]
    public void Watch_AnyFaults_NothingIsStoppedAndEachIsToldOnceWithItsTrueEnd() => AnyScript.Sample(
        script =>
        {
            var run = new Run(script);

            run.Watch(id => Request(id));

            Assert.Empty(run.Source.Calls);
            run.AssertTrueEnds();
        },
        iter: 150);

    [Fact]
    public void Watch_AnyFaultsWithPendingTimeout_StopsNoneThatRanInTime() => AnyScript.Sample(
        script =>
        {
            // A clock reads the server's: with one that jumps, what has run out is a matter of opinion.
            var run = new Run(
                script with { Skews = [0], Faults = [.. script.Faults.Select(fault => fault is 3 or 4 ? 0 : fault)], Lag = 0 });

            run.Watch(id => Request(id, pending: 400));

            Assert.All(run.Source.Calls, call => Assert.False(run.RanBefore(call.Split(' ')[1], 399), call));
        },
        iter: 150);

    private sealed record Life((string Phase, double Seconds)[] Parts, string End);

    private sealed record Script(Life[] Lives, int[] Faults, int[] Skews, int Lag, int PageSize);

    private sealed class Run
    {
        private readonly JumpingTime _time = new();
        private readonly Script _script;
        private readonly ScriptedProject _project;

        public Run(Script script)
        {
            _script = script;
            _project = new ScriptedProject(_time)
            {
                PageSize = script.PageSize,
                ClusterSkew = TimeSpan.FromSeconds(script.Lag),
                Skew = second =>
                    second > CalmAfter ? TimeSpan.Zero : TimeSpan.FromSeconds(script.Skews[(int)(second / 500) % script.Skews.Length]),
            };
            for (var i = 0; i < script.Lives.Length; i++)
            {
                var at = 0.0;
                foreach (var (phase, seconds) in script.Lives[i].Parts)
                {
                    _project.Then("w" + i, at, phase);
                    at += seconds;
                }

                _project.Then("w" + i, at, script.Lives[i].End);
            }

            _project.OnRequest = (_, _) => Fault(_project.Requests.Count) switch
            {
                1 => throw new RunAiApiException(ErrorIds.ControlPlaneUnreachable, "reset"),
                2 => throw new HttpRequestException("reset"),
                _ => Task.CompletedTask,
            };
            _project.Age = number => Fault(number) switch { 3 => 30, 4 => 700, _ => 0 };
            _project.Garble = (number, rows) => Fault(number) switch
            {
                5 => rows.Where((_, i) => i % 2 == 0),
                6 => rows.Concat(rows),
                7 => Enumerable.Reverse(rows),
                8 => [],
                _ => rows,
            };
            Source = new PolledSource(new WorkloadPoller(_time), _project);
        }

        public PolledSource Source { get; }

        public List<WatchOutcome> Ended { get; } = [];

        public void Watch(Func<string, WatchRequest> request) =>
            new WorkloadWatcher(Source, _time, new RecordingLog())
                .WatchAsync(_script.Lives.Select((_, i) => request("w" + i)), new WatchOptions(), Ended.Add, null, default).GetAwaiter()
                .GetResult();

        public void AssertTrueEnds()
        {
            Assert.Equal(_script.Lives.Select((_, i) => "w" + i), Ended.Select(watchOutcome => watchOutcome.Workload.WorkloadId).Order());
            Assert.All(Ended, watchOutcome => Assert.Equal(
                _script.Lives[int.Parse(watchOutcome.Workload.WorkloadId[1..])].End, watchOutcome.Workload.Phase));
        }

        public bool RanBefore(string id, double second)
        {
            var at = 0.0;
            foreach (var (phase, seconds) in _script.Lives[int.Parse(id[1..])].Parts)
            {
                if (at < second && WorkloadPhases.IsRunning(phase))
                {
                    return true;
                }

                at += seconds;
            }

            return false;
        }

        private int Fault(int request) => _project.Seconds > CalmAfter ? 0 : _script.Faults[request % _script.Faults.Length];
    }
}
