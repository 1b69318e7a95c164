using RunAi.Emulator.Execution;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Lifecycle;

/// <content>What is particular to the pods of a distributed training.</content>
internal sealed partial class WorkloadStateMachine
{
    /// <summary>What the pod in a place is: a leader has the first one.</summary>
    private static (PodRole Role, int Index)? ReplicaOf(Workload workload, int slot) => workload switch
    {
        { Kind: WorkloadKind.Training } => null,
        { HasMaster: true } when slot == 0 => (workload.Framework == "MPI" ? PodRole.Launcher : PodRole.Master, 0),
        { HasMaster: true } => (PodRole.Worker, slot - 1),
        _ => (PodRole.Worker, slot),
    };

    /// <summary>
    /// An MPI worker without a command would run the daemon through which the launcher comes to it. There is none here: it is there until
    /// it is told to end.
    /// </summary>
    private static bool IsIdle(Workload workload, Pod pod) =>
        pod.Role == PodRole.Worker && workload.Framework == "MPI" && workload.Spec["command"] is null && workload.Spec["args"] is null;

    private void Stop(Workload workload, Pod pod, TimeSpan grace)
    {
        if (IsIdle(workload, pod))
        {
            Ended(workload, pod, new PodExit(0));
        }
        else
        {
            _executor.Stop(pod, grace);
        }
    }

    /// <summary>
    /// Deals with the pods of a workload that is finished, as its cleanPodPolicy says; those that run are stopped unless it says None.
    /// </summary>
    private void CleanPods(Workload workload)
    {
        var policy = (string?)workload.Spec["cleanPodPolicy"];
        if (policy != "None")
        {
            StopPods(workload);
        }

        if (policy == "All")
        {
            foreach (var pod in workload.Pods)
            {
                pod.DeletedAt ??= _timeline.Now;
            }
        }
    }
}
