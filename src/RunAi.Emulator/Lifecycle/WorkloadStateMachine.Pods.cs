using RunAi.Emulator.Execution;
using RunAi.Emulator.Scheduling;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Lifecycle;

/// <content>From a place to pods, and from the ends of pods to the end of the workload.</content>
internal sealed partial class WorkloadStateMachine
{
    private const int DefaultBackoffLimit = 6;

    void ISchedulingEffects.Placed(Workload workload, NodePool pool, IReadOnlyList<Placement> placements)
    {
        workload.Plan++;
        workload.CurrentNodePool = pool.Name;
        workload.GuaranteedRuntimeEndsAt = workload.Preemptible && pool.MinGuaranteedRuntime > TimeSpan.Zero
            ? _timeline.Now + pool.MinGuaranteedRuntime
            : null;
        if (workload.GuaranteedRuntimeEndsAt is { } end)
        {
            _timeline.At(end, Scheduler.Touch);
        }

        _chronicle.Enter(workload, Phase.Initializing, "Scheduled; starting containers.");
        workload.Ports = new(() => FreePorts.Take(placements.Count));
        var pods = placements.Select((placement, slot) => AddPod(workload, placement, ReplicaOf(workload, slot))).ToList();
        var outcome = _outcomes.For(workload);
        if (outcome.ImagePullFails)
        {
            Pulling(workload, pods);
            PullFailed(workload, pods, "not found");
        }
        else if (outcome.MountFails is { } volume)
        {
            MountInVain(workload, pods, volume);
        }
        else
        {
            Later(workload, _timetable.InitializingSeconds, () => Pull(workload, pods, failures: 0));
        }
    }

    void ISchedulingEffects.Blocked(Workload workload, string reason) => _chronicle.Event(
        workload, null, warning: true, "Unschedulable", reason, "runai-scheduler");

    void ISchedulingEffects.Evicted(Workload workload, Workload forWhom, string why)
    {
        var message = $"{why} ({forWhom.Name}).";
        workload.Plan++;
        foreach (var pod in workload.LivePods)
        {
            _chronicle.Event(workload, pod, warning: true, "Evict", message, "runai-scheduler");
        }

        if ((bool?)workload.Spec["terminateAfterPreemption"] == true)
        {
            Finish(workload, Phase.Failed, message + " It asked not to be queued again (terminateAfterPreemption).");
            return;
        }

        _chronicle.Enter(workload, Phase.Pending, message);
        StopPods(workload);
        WhenGone(workload, 0, () => Wait(workload, message));
    }

    private Pod AddPod(Workload workload, Placement placement, (PodRole Role, int Index)? replica)
    {
        var now = _timeline.Now;
        var pod = new Pod
        {
            Id = Guid.NewGuid(),
            Name = replica is { } item
                ? Text($"{workload.Name}-{item.Role:G}-{item.Index}").ToLowerInvariant()
                : $"{workload.Name}-{workload.Pods.Count}",
            WorkloadId = workload.Id,
            Role = replica?.Role,
            Index = replica?.Index ?? 0,
            CreatedAt = now,
            K8sPhaseUpdatedAt = now,
            Placement = placement,
        };
        workload.Pods.Add(pod);
        var ns = _organisation.ProjectById(workload.ProjectId)!.Namespace;
        _chronicle.Event(workload, pod, false, "Scheduled",
            $"Successfully assigned {ns}/{pod.Name} to {placement.Node}", "runai-scheduler");
        return pod;
    }

    /// <summary>Has the image pulled and starts the pods; what fails is tried again after a growing while, as a kubelet does.</summary>
    private void Pull(Workload workload, List<Pod> pods, int failures)
    {
        var pull = _executor.PullAsync(workload);
        if (pull.IsCompletedSuccessfully && pull.Result is null)
        {
            StartPods(workload, pods);
            return;
        }

        Pulling(workload, pods);
        var plan = workload.Plan;
        pull.ContinueWith(
            ended => _timeline.Run(() =>
            {
                if (workload.Plan == plan)
                {
                    Pulled(workload, pods, ended.IsFaulted ? ended.Exception.GetBaseException().Message : ended.Result, failures);
                }
            }),
            CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void Pulled(Workload workload, List<Pod> pods, string? failure, int failures)
    {
        if (failure is null)
        {
            workload.PhaseMessage = "Scheduled; starting containers.";
            StartPods(workload, pods, "Successfully pulled image \"{0}\"");
            return;
        }

        PullFailed(workload, pods, failure);
        Later(workload, BackOff(failures), () => Pull(workload, pods, failures + 1));
    }

    private void Pulling(Workload workload, List<Pod> pods) => pods.ForEach(pod => _chronicle.Event(
        workload, pod, false, "Pulling", $"Pulling image \"{Image(workload, pod)}\"", "kubelet"));

    private void PullFailed(Workload workload, List<Pod> pods, string why)
    {
        foreach (var pod in pods)
        {
            var image = Image(workload, pod);
            _chronicle.Event(workload, pod, true, "Failed", $"Failed to pull image \"{image}\": {why}", "kubelet");
            _chronicle.Event(workload, pod, true, "BackOff", $"Back-off pulling image \"{image}\"", "kubelet");
        }

        workload.PhaseMessage = $"ImagePullBackOff: Back-off pulling image \"{Image(workload, pods[0])}\": {why}";
    }

    private static string? Image(Workload workload, Pod pod) => (string?)workload.SpecOf(pod)["image"];

    private void StartPods(Workload workload, IEnumerable<Pod> pods, string pulled = "Container image \"{0}\" already present on machine")
    {
        foreach (var pod in pods)
        {
            var now = _timeline.Now;
            (pod.StartedAt, pod.K8sPhase, pod.K8sPhaseUpdatedAt) = (now, "Running", now);
            _chronicle.Event(
                workload, pod, false, "Pulled", pulled.Replace("{0}", Image(workload, pod), StringComparison.Ordinal), "kubelet");
            _chronicle.Event(workload, pod, false, "Started", $"Started container {workload.Name}", "kubelet");
        }

        // Before the phase is told: who sees the workload run finds a log.
        foreach (var pod in pods)
        {
            Execute(workload, pod);
        }

        if (workload.Phase != Phase.Running)
        {
            _chronicle.Enter(workload, Phase.Running, "");
        }

        LoseNodeLater(workload, pods);
    }

    private void Execute(Workload workload, Pod pod)
    {
        if (!IsIdle(workload, pod))
        {
            _executor.Start(workload, pod, exit => _timeline.Run(() => Ended(workload, pod, exit)));
        }
    }

    private void StopPods(Workload workload)
    {
        var grace = TimeSpan.FromSeconds(Math.Min((double?)workload.Spec["terminationGracePeriodSeconds"] ?? 30, 86_400));
        foreach (var pod in workload.LivePods.Where(pod => !pod.Stopping).ToList())
        {
            pod.Stopping = true;
            if (pod.IsStarted)
            {
                _chronicle.Event(workload, pod, false, "Killing", $"Stopping container {workload.Name}", "kubelet");
                Stop(workload, pod, grace);
            }
            else
            {
                Gone(workload, pod);
            }
        }
    }

    private void Ended(Workload workload, Pod pod, PodExit exit)
    {
        var now = _timeline.Now;
        exit = Fate(workload, pod, exit);
        (pod.CompletedAt, pod.ExitCode) = (now, exit.ExitCode);
        (pod.K8sPhase, pod.K8sPhaseUpdatedAt) = (exit.ExitCode == 0 ? "Succeeded" : "Failed", now);
        if (pod.Stopping)
        {
            Gone(workload, pod);
        }
        else if (workload.IsFinished)
        {
            Scheduler.Release(workload, pod);
        }
        else if (exit.ExitCode == 0)
        {
            Succeeded(workload, pod);
        }
        else
        {
            Failed(workload, pod, exit);
        }
    }

    private void Gone(Workload workload, Pod pod)
    {
        pod.DeletedAt ??= _timeline.Now;
        Scheduler.Release(workload, pod);
        workload.PodGone?.Invoke();
    }

    private void Succeeded(Workload workload, Pod pod)
    {
        _chronicle.Event(workload, pod, false, "Completed", Text($"Container {workload.Name} completed with exit code 0"), "kubelet");
        Scheduler.Release(workload, pod);
        workload.Succeeded++;
        var wanted = workload.Request.Completions;
        if (workload.HasMaster ? pod.Role != PodRole.Worker : workload.Succeeded >= wanted)
        {
            Finish(workload, Phase.Completed, "Completed with exit code 0.");
        }
        else if (!workload.HasMaster && workload.Succeeded + workload.LivePods.Count() < wanted)
        {
            Replace(workload, pod);
        }
    }

    private void Failed(Workload workload, Pod pod, PodExit exit)
    {
        var how = Text($"exit code {exit.ExitCode}") + (exit.Reason is null ? "" : $": {exit.Reason}");
        _chronicle.Event(workload, pod, true, "Failed", $"Container {workload.Name} failed with {how}", "kubelet");
        var limit = (long?)(double?)workload.Spec["backoffLimit"] ?? DefaultBackoffLimit;
        if (workload.Failures++ < limit)
        {
            var wait = BackOff(workload.Failures - 1);
            _chronicle.Event(workload, pod, true, "BackOff",
                Text($"Back-off restarting failed container {workload.Name} (retry {workload.Failures} of {limit})"), "kubelet");
            workload.PhaseMessage = Text($"Pod {pod.Name} failed with {how}; retry {workload.Failures} of {limit}.");
            Later(workload, wait, () =>
            {
                Scheduler.Release(workload, pod);
                Replace(workload, pod);
            });
            return;
        }

        Scheduler.Release(workload, pod);
        _chronicle.Event(workload, null, true, "BackoffLimitExceeded",
            "Job has reached the specified backoff limit", "job-controller");
        Finish(workload, Phase.Failed, Text($"Pod {pod.Name} failed with {how} after {workload.Failures} attempt(s)."));
    }

    /// <summary>The wait after so many earlier failures: it doubles with each, up to 32 times.</summary>
    private double BackOff(int earlier) => _timetable.BackOffSeconds * (1 << Math.Min(earlier, 5));

    private void Replace(Workload workload, Pod ended)
    {
        Scheduler.Reuse(workload, ended.Placement);
        StartPods(workload, [AddPod(workload, ended.Placement, ended.Role is { } role ? (role, ended.Index) : null)]);
    }
}
