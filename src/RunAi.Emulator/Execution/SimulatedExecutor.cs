using RunAi.Emulator.Seeding;
using RunAi.Emulator.State;
using RunAi.Emulator.Time;

namespace RunAi.Emulator.Execution;

/// <summary>Runs nothing: pods end when the timetable says so.</summary>
internal sealed class SimulatedExecutor(Timeline timeline, SeedTimetable timetable, Outcomes outcomes) : IExecutor
{
    private readonly Dictionary<Guid, Action<PodExit>> _running = [];

    public bool SurvivesRestart => true;

    public Task<string?> PullAsync(Workload workload) => Task.FromResult<string?>(null);

    public void Start(Workload workload, Pod pod, Action<PodExit> exited)
    {
        _running[pod.Id] = exited;
        var outcome = outcomes.For(workload);
        var earlier = workload.Pods.IndexOf(pod);
        var code = earlier < (outcome.FailingPods ?? int.MaxValue) ? outcome.ExitCode : 0;
        timeline.At(pod.StartedAt!.Value + outcomes.RunTime(workload), () => End(pod, new PodExit(code)));
    }

    public void Stop(Pod pod, TimeSpan grace)
    {
        var wait = TimeSpan.FromSeconds(timetable.StoppingSeconds);
        timeline.After(wait < grace ? wait : grace, () => End(pod, new PodExit(143, "stopped")));
    }

    public PodLog? LogOf(Guid workloadId, Pod pod) => null;

    public string? Tail(Guid workloadId, string? pod, int lines) => null;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void End(Pod pod, PodExit exit)
    {
        if (_running.Remove(pod.Id, out var exited))
        {
            exited(exit);
        }
    }
}
