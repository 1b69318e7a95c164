using RunAi.Emulator.Recording;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Lifecycle;

/// <summary>Writes down what happens to workloads: phases with their clocks, events, history, the effect log.</summary>
internal sealed class HistoryWriter(TimeProvider clock, EffectLog effects)
{
    public void Created(Workload workload, string requestId)
    {
        workload.PhaseUpdatedAt = workload.UpdatedAt = workload.CreatedAt;
        Remember(workload);
        effects.Add("created", workload, requestId);
    }

    public void Asked(string effect, Workload workload, string? requestId) => effects.Add(effect, workload, requestId);

    public void Enter(Workload workload, Phase phase, string message)
    {
        var now = clock.GetUtcNow();
        var spent = now - workload.PhaseUpdatedAt;
        if (workload.Phase == Phase.Pending)
        {
            workload.PendingBefore += spent;
        }

        if (workload.Phase == Phase.Running)
        {
            workload.RunningBefore += spent;
        }

        (workload.Phase, workload.PhaseMessage) = (phase, message);
        workload.PhaseUpdatedAt = workload.UpdatedAt = now;
        Remember(workload);
        effects.Add("phaseChanged", workload, null);
    }

    public void Event(Workload workload, Pod? pod, bool warning, string reason, string message, string source)
    {
        var happened = new WorkloadEvent
        {
            Id = Guid.NewGuid(),
            CreatedAt = clock.GetUtcNow(),
            Type = warning ? "Warning" : "Normal",
            Reason = reason,
            Message = message,
            Source = source,
            PodId = pod?.Id,
            PodName = pod?.Name,
        };
        workload.UpdatedAt = happened.CreatedAt;
        workload.Events.Add(happened);
        workload.History.Add(new HistoryRecord { At = happened.CreatedAt, Event = happened });
    }

    private static void Remember(Workload workload) => workload.History.Add(new HistoryRecord
    {
        At = workload.PhaseUpdatedAt,
        Phase = workload.Phase,
        PhaseMessage = workload.PhaseMessage,
    });
}
