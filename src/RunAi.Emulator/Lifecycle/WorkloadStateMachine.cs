using System.Globalization;
using RunAi.Emulator.Execution;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.Seeding;
using RunAi.Emulator.State;
using RunAi.Emulator.Time;

namespace RunAi.Emulator.Lifecycle;

/// <summary>Leads each workload through its phases. Touched under the gate only.</summary>
internal sealed partial class WorkloadStateMachine : ISchedulingEffects
{
    private readonly Timeline _timeline;
    private readonly WorkloadStore _workloads;
    private readonly Organisation _organisation;
    private readonly SeedTimetable _timetable;
    private readonly Outcomes _outcomes;
    private readonly HistoryWriter _chronicle;
    private readonly IExecutor _executor;

    public WorkloadStateMachine(
        Timeline timeline,
        WorkloadStore workloads,
        Organisation organisation,
        SeedTimetable timetable,
        Outcomes outcomes,
        HistoryWriter chronicle,
        IExecutor executor,
        TimeProvider clock)
    {
        (_timeline, _workloads, _organisation, _timetable) = (timeline, workloads, organisation, timetable);
        (_outcomes, _chronicle, _executor) = (outcomes, chronicle, executor);
        Scheduler = new Scheduler(organisation, clock, this);
        timeline.Settle = Scheduler.Pass;
    }

    public Scheduler Scheduler { get; }

    public void Create(Workload workload, string requestId)
    {
        _workloads.Add(workload);
        _chronicle.Created(workload, requestId);
        Later(workload, _timetable.CreatingSeconds, () => Wait(workload, ""));
    }

    public void Suspend(Workload workload, string? requestId)
    {
        if (workload.IsFinished || workload.Phase is Phase.Stopping or Phase.Stopped or Phase.Deleting)
        {
            return;
        }

        workload.DesiredPhase = DesiredPhase.Stopped;
        _chronicle.Asked("stopped", workload, requestId);
        Withdraw(workload);
        _chronicle.Enter(workload, Phase.Stopping, "Stopping the workload.");
        StopPods(workload);
        WhenGone(workload, _timetable.StoppingSeconds, () => Stopped(workload));
    }

    public void Resume(Workload workload, string? requestId)
    {
        if (workload.Phase is not (Phase.Stopping or Phase.Stopped))
        {
            return;
        }

        workload.DesiredPhase = DesiredPhase.Running;
        _chronicle.Asked("resumed", workload, requestId);
        if (workload.Phase == Phase.Stopped)
        {
            BeginAgain(workload);
        }
    }

    public void Delete(Workload workload, string? requestId)
    {
        if (workload.Phase == Phase.Deleting)
        {
            return;
        }

        workload.DesiredPhase = DesiredPhase.Deleted;
        _chronicle.Asked("deleted", workload, requestId);
        Withdraw(workload);
        _chronicle.Enter(workload, Phase.Deleting, "Deleting the workload.");
        StopPods(workload);
        WhenGone(workload, _timetable.DeletingSeconds, () => Remove(workload));
    }

    /// <summary>Enters the queue for resources.</summary>
    private void Wait(Workload workload, string message)
    {
        if (workload.Phase != Phase.Pending)
        {
            _chronicle.Enter(workload, Phase.Pending, message);
        }

        workload.CurrentNodePool = null;
        workload.GuaranteedRuntimeEndsAt = null;
        Scheduler.Enqueue(workload);
    }

    private void Stopped(Workload workload)
    {
        _chronicle.Enter(workload, Phase.Stopped, "The workload is suspended.");
        if (workload.DesiredPhase == DesiredPhase.Running)
        {
            BeginAgain(workload);
        }
    }

    private void BeginAgain(Workload workload)
    {
        workload.Plan++;
        (workload.Succeeded, workload.Failures, workload.CompletedAt) = (0, 0, null);
        _chronicle.Enter(workload, Phase.Resuming, "Resuming the workload.");
        Later(workload, _timetable.ResumingSeconds, () => Wait(workload, ""));
    }

    private void Remove(Workload workload)
    {
        var now = _timeline.Now;
        workload.DeletedAt = now;
        foreach (var pod in workload.Pods)
        {
            pod.DeletedAt ??= now;
        }

        _workloads.Remove(workload);
        _chronicle.Asked("gone", workload, null);
    }

    private void Finish(Workload workload, Phase phase, string message)
    {
        workload.Plan++;
        CleanPods(workload);
        workload.CompletedAt = _timeline.Now;
        _chronicle.Enter(workload, phase, message);
        ForgetLater(workload);
    }

    /// <summary>The record goes by itself; the document's default is 30 days.</summary>
    private void ForgetLater(Workload workload)
    {
        var seconds = (double?)workload.Spec["autoDeletionTimeAfterCompletionSeconds"] ?? TimeSpan.FromDays(30).TotalSeconds;
        var plan = workload.Plan;
        _timeline.At(workload.CompletedAt!.Value.AddSeconds(Math.Min(seconds, 1e9)), () =>
        {
            if (workload.Plan == plan)
            {
                Delete(workload, null);
            }
        });
    }

    /// <summary>Drops whatever was planned for the workload.</summary>
    private static void Withdraw(Workload workload)
    {
        Scheduling.Scheduler.Dequeue(workload);
        workload.Plan++;
    }

    private void Later(Workload workload, double seconds, Action action)
    {
        var plan = workload.Plan;
        _timeline.After(TimeSpan.FromSeconds(seconds), () =>
        {
            if (workload.Plan == plan)
            {
                action();
            }
        });
    }

    /// <summary>Acts once the time is over and no pod is left.</summary>
    private void WhenGone(Workload workload, double seconds, Action action)
    {
        var plan = workload.Plan;
        var isOver = false;
        void Check()
        {
            if (!isOver || workload.Plan != plan || workload.LivePods.Any())
            {
                return;
            }

            workload.Plan++;
            workload.PodGone = null;
            action();
        }

        workload.PodGone = Check;
        Later(workload, seconds, () =>
        {
            isOver = true;
            Check();
        });
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
