using RunAi.Emulator.Execution;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Lifecycle;

/// <content>What a seed's outcomes have go wrong with pods, told in the words of Kubernetes.</content>
internal sealed partial class WorkloadStateMachine
{
    private const int Killed = 137;

    private void MountInVain(Workload workload, List<Pod> pods, string volume)
    {
        foreach (var pod in pods)
        {
            _chronicle.Event(workload, pod, true, "FailedMount",
                $"MountVolume.SetUp failed for volume \"{volume}\" : mount failed: exit status 32", "kubelet");
        }

        workload.PhaseMessage =
            $"ContainersNotReady: Unable to attach or mount volumes: unmounted volumes=[{volume}]: timed out waiting for the condition";
    }

    /// <summary>Once for a workload: the pods that take the place of lost ones live.</summary>
    private void LoseNodeLater(Workload workload, IEnumerable<Pod> pods)
    {
        if (_outcomes.For(workload).NodeLostAfterSeconds is { } seconds && !workload.Pods.Exists(pod => pod.Lost))
        {
            Later(workload, seconds, () => LoseNode(workload, [.. pods.Where(pod => pod.IsStarted && !pod.Stopping)]));
        }
    }

    private void LoseNode(Workload workload, List<Pod> pods)
    {
        foreach (var pod in pods)
        {
            pod.Lost = true;
            _chronicle.Event(workload, pod, true, "NodeNotReady", "Node is not ready", "node-controller");
            _chronicle.Event(
                workload, pod, false, "TaintManagerEviction", $"Marking for deletion Pod {pod.Name}", "taint-eviction-controller");
            _executor.Stop(pod, TimeSpan.Zero);
        }
    }

    /// <summary>How the pod's end looks from outside.</summary>
    private PodExit Fate(Workload workload, Pod pod, PodExit exit) => pod switch
    {
        { Stopping: true } => exit,
        { Lost: true } => new PodExit(exit.ExitCode == 0 ? Killed : exit.ExitCode, "the pod was lost with its node"),
        _ when _outcomes.For(workload).OutOfMemory => new PodExit(Killed, "OOMKilled"),
        _ => exit,
    };
}
