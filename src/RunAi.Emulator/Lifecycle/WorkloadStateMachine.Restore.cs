using RunAi.Emulator.State;

namespace RunAi.Emulator.Lifecycle;

/// <content>Goes on after a restart with workloads that a state file kept.</content>
internal sealed partial class WorkloadStateMachine
{
    public void Restore(Workload workload)
    {
        _workloads.Add(workload);
        if (workload.DeletedAt is not null)
        {
            return;
        }

        // The replicas of a distributed training run together or not at all.
        var lost = workload.Kind == WorkloadKind.Distributed && workload.LivePods.Any(pod => !Scheduler.Knows(pod.Placement));
        foreach (var pod in workload.LivePods.Where(pod => lost || pod.Stopping || !_executor.SurvivesRestart
            || !Scheduler.Knows(pod.Placement)).ToList())
        {
            pod.HoldsResources = false;
            pod.CompletedAt ??= _timeline.Now;
            pod.DeletedAt ??= _timeline.Now;
        }

        Scheduler.Readopt(workload);
        Continue(workload);
    }

    private void Continue(Workload workload)
    {
        switch (workload.Phase)
        {
            case Phase.Creating:
                Later(workload, _timetable.CreatingSeconds, () => Wait(workload, ""));
                break;
            case Phase.Resuming:
                Later(workload, _timetable.ResumingSeconds, () => Wait(workload, ""));
                break;
            case Phase.Stopping:
                StopPods(workload);
                WhenGone(workload, _timetable.StoppingSeconds, () => Stopped(workload));
                break;
            case Phase.Deleting:
                StopPods(workload);
                WhenGone(workload, _timetable.DeletingSeconds, () => Remove(workload));
                break;
            case Phase.Completed or Phase.Failed:
                ForgetLater(workload);
                break;
            case Phase.Initializing when workload.LivePods.Any():
                Later(workload, _timetable.InitializingSeconds, () => Pull(workload, [.. workload.LivePods], failures: 0));
                break;
            case Phase.Running when workload.LivePods.Any():
                RunOn(workload);
                break;
            case Phase.Initializing or Phase.Running:
                _chronicle.Event(workload, null, true, "NodeLost", "The pods were lost when the emulator restarted.", "node-controller");
                Wait(workload, "The pods were lost when the emulator restarted.");
                break;
            case Phase.Pending:
                Wait(workload, workload.PhaseMessage);
                break;
        }
    }

    private void RunOn(Workload workload)
    {
        foreach (var pod in workload.LivePods.ToList())
        {
            if (pod.IsStarted)
            {
                Execute(workload, pod);
                continue;
            }

            Scheduler.Release(workload, pod);
            Replace(workload, pod);
        }
    }
}
