using RunAi.Workloads;

namespace RunAi.Tests.ControlPlane;

public sealed class WorkloadMapperTests : IDisposable
{
    private readonly ControlPlaneFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task Workload_ById_MapsEveryFieldUsersSee()
    {
        _f.Wire.On("GET /api/v1/workloads/w-1", 200, """
            {"id":"w-1","name":"train","type":"Training","projectId":"1","projectName":"vision","clusterId":"C-1","phase":"Pending",
             "phaseMessage":"Not enough\nresources","phaseUpdatedAt":"2022-06-08T11:28:24.131+02:00","createdAt":"2022-06-08T09:00:00Z","completedAt":null,
             "deletedAt":null,"priority":null,"runningPods":1,"tenantId":1001,
             "pendingSchedulingMessages":[
               {"nodePool":"a100","phaseReason":"OverLimit","reason":"OverLimit","userMessage":"2 GPUs short"},
               {"nodePool":"h100","phaseReason":"SomethingNew","reason":"no nodes"}],
             "workloadRequestedResources":{"gpu":{"request":0.5,"limit":1}},"allocatedResources":{"gpu":0},
             "requestedNodePools":["a100","h100"],"currentNodePools":[],"images":["busybox","x"],
             "totalPendingTimeSeconds":90,"totalRunningTimeSeconds":null,
             "environmentVariables":{"PASSWORD":"p"}}
            """);

        var workload = (await _f.Client.GetWorkloadAsync("w-1", default)).ToWorkload("https://org.run.ai");

        Assert.Equal(
            ("w-1", "train", "Training", "1", "vision"),
            (workload.WorkloadId, workload.Name, workload.Type, workload.ProjectId, workload.ProjectName));
        Assert.Equal(("C-1", "Pending", "Not enough resources"), (workload.ClusterId, workload.Phase, workload.PhaseMessage));
        Assert.Equal(["a100: 2 GPUs short", "h100: no nodes"], workload.PendingReasons);
        Assert.Equal((0.5, 0d, "a100,h100", "busybox"), (workload.GpuRequested, workload.GpuAllocated, workload.NodePool, workload.Image));
        Assert.Equal(new DateTimeOffset(2022, 6, 8, 9, 28, 24, 131, TimeSpan.Zero), workload.PhaseUpdatedAt);
        Assert.Equal(new DateTimeOffset(2022, 6, 8, 9, 0, 0, TimeSpan.Zero), workload.CreatedAt);
        Assert.Equal((null, TimeSpan.FromSeconds(90), null), (workload.CompletedAt, workload.PendingTime, workload.RunningTime));
        Assert.Equal("https://org.run.ai/workloads?search=train", workload.Url);
    }

    [Fact]
    public async Task Workload_OfAList_WithoutMessagesOrPhase_HasNone()
    {
        _f.Wire.On(ControlPlaneFixture.List, 200,
            """{"workloads":[{"id":"w","phase":"Levitating","currentNodePools":["b"],"requestedNodePools":["a","b"]},{"id":"v"}]}""");

        var workloads = (await _f.Client.ListWorkloadsAsync(new(), default)).Items.Select(w => w.ToWorkload("https://x")).ToArray();

        Assert.Equal(("Levitating", "b"), (workloads[0].Phase, workloads[0].NodePool));
        Assert.Empty(workloads[0].PendingReasons);
        Assert.Equal(("", null, null), (workloads[1].Phase, workloads[1].NodePool, workloads[1].GpuRequested));
    }

    [Fact]
    public async Task Training_RightAfterCreation_HasNoPhaseYet()
    {
        _f.Wire.On(ControlPlaneFixture.Create, 202, """
            {"workloadId":"w-1","name":"train","projectId":1,"clusterId":"c","createdAt":"2022-06-08T09:00:00Z","desiredPhase":"Running",
             "spec":{"image":"busybox","nodePools":["a","b"]}}
            """);

        var training = await _f.Client.CreateTrainingAsync(new() { ["name"] = "train" }, default);

        Assert.Null(training.ActualPhase);
        Assert.Equal(("w-1", "train", "1", "c"), (training.WorkloadId, training.Name, training.ProjectId, training.ClusterId));
        Assert.Equal("busybox", (string?)training.Spec!["image"]);
    }

    [Fact]
    public async Task HistoryAndPods_AreRead()
    {
        _f.Wire.On("GET /api/v1/workloads/w/history", 200, """
            {"records":[{"meta":{"creationTimestamp":"2022-06-08T09:00:00Z","type":"PhaseUpdate"},"spec":{"event":null,"phaseUpdate":{"phase":"Running","phaseMessage":""}}},
                        {"meta":{"creationTimestamp":"2022-06-08T08:00:00Z","type":"Event"},"spec":{"event":{"type":"Warning","message":"m","reason":"Evicted"}}}]}
            """)
            .On("GET /api/v1/workloads/w/pods", 200,
                """{"pods":[{"id":"p","name":"n","workloadId":"w","k8sPhase":"Failed","nodeName":null,"containers":[{"name":"c","image":"i","startedAt":null}]}],"next":1}""")
            .On("GET /api/v1/workloads/w/pods", 200, """{"pods":[]}""");

        var history = await _f.Client.ListHistoryAsync("w", 100, default);
        var pod = Assert.Single(await _f.Client.ListPodsAsync("w", 100, default));

        Assert.Equal(("PhaseUpdate", "Running"), (history[0].Meta.Type, history[0].Spec.PhaseUpdate!.Phase));
        Assert.Equal("Evicted", history[1].Spec.Event!.Reason);
        Assert.Equal(("Failed", "i"), (pod.K8sPhase, pod.Containers[0].Image));
    }
}
