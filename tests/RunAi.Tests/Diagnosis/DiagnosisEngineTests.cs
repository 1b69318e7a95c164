using RunAi.RunManifest;

namespace RunAi.Tests.Diagnosis;

public class DiagnosisEngineTests
{
    private static readonly string[] Initializing = ["Creating", "Pending", "Initializing"];
    private static readonly string[] Failed = ["Creating", "Pending", "Initializing", "Running", "Failed"];
    private static readonly string[] Again = ["Creating", "Pending", "Initializing", "Running", "Pending"];

    private static readonly Dictionary<DiagnosisCause, Case[]> Cases = new()
    {
        [DiagnosisCause.None] = [new Case().In("Creating", "Running"), new Case().In("Completed")],
        [DiagnosisCause.Quota] =
        [
            Pending().Scheduling("NonPreemptibleOverQuota", "default: Project demo has a quota for non-preemptible workloads of 2 GPUs"),
            Pending().Scheduling("OverLimit", "default: Department research has a limit of 4 GPUs"),
            Pending().Scheduling("", "default: Non-preemptible over quota"),
            Pending().Event("FailedCreate", "pods \"t\" is forbidden: exceeded quota: compute, requested: limits.cpu=8"),
        ],
        [DiagnosisCause.Capacity] =
        [
            Pending().Saying("Not enough resources in the requested nodepool default"),
            Pending().Event("FailedScheduling", "0/5 nodes are available: 5 Insufficient nvidia.com/gpu."),
            Pending().Event("Unschedulable", "no fit"),
        ],
        [DiagnosisCause.Policy] =
        [
            Pending().Event(
                "FailedCreate", "Error creating: pods \"t-0\" is forbidden: violates PodSecurity \"restricted:latest\": privileged"),
            Pending().Event("FailedCreate", "admission webhook \"validate.kyverno.svc\" denied the request: no root"),
        ],
        [DiagnosisCause.ImagePull] =
        [
            new Case().In(Initializing).Event("Failed", "Failed to pull image \"org/train:1\": not found"),
            new Case().In(Initializing).Event("BackOff", "Back-off pulling image \"org/train:1\""),
            new Case().In(Initializing).Saying("ErrImagePull"),
            new Case().In(Initializing).Event(
                "InspectFailed", "Failed to apply default image tag \"A:B:C\": couldn't parse image reference: InvalidImageName"),
            new Case().In("Creating", "Initializing", "Failed").Saying("ImagePullBackOff"),
        ],
        [DiagnosisCause.Mount] =
        [
            new Case().In(Initializing).Event("FailedMount", "MountVolume.SetUp failed for volume \"data\" : mount failed: exit status 32"),
            new Case().In(Initializing).Event("FailedAttachVolume", "Multi-Attach error for volume \"pvc-1\""),
            new Case().In(Initializing).Event("Failed", "Error: secret \"db\" not found"),
            Pending().Event("FailedScheduling", "0/3 nodes are available: persistentvolumeclaim \"data\" not found."),
            new Case().In(Failed).Result(RunOutcome.InputFailed, message: "data: 403 from the store"),
        ],
        [DiagnosisCause.OutOfMemory] =
        [
            new Case().In(Failed).Event("Failed", "Container train failed with exit code 137: OOMKilled"),
            new Case().In(Failed).Event("OOMKilling", "Memory cgroup out of memory: Killed process 4711 (python)"),
            new Case().In(Failed).Saying("Pod train-0 failed with exit code 137"),
            new Case().In(Failed).Event("Evicted", "The node was low on resource: memory. Container train was using 9Gi"),
            new Case().In(Failed).Result(RunOutcome.Killed, 137),
            new Case().In(Failed).Result(RunOutcome.Failed, 1).Log(
                "step 1", "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB"),
            new Case().In(Failed).Saying("exit code 1").Log("MemoryError: Unable to allocate 8 GiB"),
        ],
        [DiagnosisCause.UserCode] =
        [
            new Case().In(Failed).Saying("Pod train-0 failed with exit code 3 after 1 attempt(s)."),
            new Case().In(Failed).Event("BackoffLimitExceeded", "Job has reached the specified backoff limit"),
            new Case().In(Failed).Event("StartError", "exec: \"trian\": executable file not found in $PATH"),
            new Case().In(Failed).Result(RunOutcome.Failed, 3),
            new Case().In(Failed).Result(RunOutcome.Killed, 139),
            new Case().In(Failed).Result(RunOutcome.NotStarted, message: "no such program: trian"),
            new Case().In(Failed).Result(RunOutcome.OutputFailed, 0, "model was not written"),
            new Case().In("Creating", "Running").Event("Failed", "Container train failed with exit code 1"),
        ],
        [DiagnosisCause.Preempted] =
        [
            new Case().In(Again),
            new Case().In("Creating", "Initializing", "Running").Event("Evict", "Reclaimed: project vision is entitled (other).")
                .In("Pending"),
            new Case().In("Creating", "Running").Event("Preempted", "Preempted by a pod on node n1").In("Failed"),
        ],
        [DiagnosisCause.NodeLost] =
        [
            new Case().In("Creating", "Running").Event("NodeNotReady", "Node is not ready").In("Pending"),
            new Case().In("Creating", "Running").Event("TaintManagerEviction", "Marking for deletion Pod t-0").In("Failed")
                .Saying("exit code 137"),
            new Case().In("Creating", "Running").Event("Evicted", "The node was low on resource: ephemeral-storage.").In("Failed"),
            new Case().In("Creating", "Running", "Failed").Pod("Unknown"),
        ],
        [DiagnosisCause.Timeout] =
        [
            new Case().In("Creating", "Running", "Stopping").RanOut("ran longer than its RunTimeout of 00:10:00"),
            new Case().In("Creating", "Running", "Failed").Event("DeadlineExceeded", "Job was active longer than specified deadline"),
            new Case().In(Failed).Result(RunOutcome.TimedOut, 143),
            Pending().RanOut("did not run within its PendingTimeout of 00:10:00", pending: true),
        ],
        [DiagnosisCause.Suspended] = [new Case().In("Creating", "Running", "Stopping", "Stopped"), new Case().In("Running", "Stopping")],
        [DiagnosisCause.ControlPlane] =
        [
            new Case().In("Creating", "Unknown"),
            Pending().Event("SyncFailed", "cluster local is disconnected"),
            Pending().Unread("the workload (502)", "its events (502)", "its history (502)", "its pods (502)"),
        ],
        [DiagnosisCause.Unknown] = [new Case().In("Creating", "Running", "Failed"), Pending(), new Case().In("Running").Gone()],
    };

    public static TheoryData<DiagnosisCause, int> All()
    {
        var data = new TheoryData<DiagnosisCause, int>();
        foreach (var (cause, cases) in Cases)
        {
            for (var i = 0; i < cases.Length; i++)
            {
                data.Add(cause, i);
            }
        }

        return data;
    }

    [Fact]
    public void EveryCause_HasACase() => Assert.Equal(Enum.GetValues<DiagnosisCause>().Order(), Cases.Keys.Order());

    [Theory]
    [MemberData(nameof(All))]
    public void Diagnose_TheEvidenceOfACause_FindsItWithEvidenceAndRemedy(DiagnosisCause cause, int number)
    {
        var diagnosis = Cases[cause][number].Diagnose();

        Assert.Equal((cause, "train-4g7c2h9k"), (diagnosis.Cause, diagnosis.Name));
        Assert.NotEmpty(diagnosis.Summary);
        Assert.NotEmpty(diagnosis.Evidence);
        Assert.Equal(cause != DiagnosisCause.None, diagnosis.Remedy.Count > 0);
    }

    [Theory]
    [InlineData("Failed to pull image \"org/train:1\": toomanyrequests: You have reached your pull rate limit", true, "rate limit")]
    [InlineData("Failed to pull image \"org/train:1\": dial tcp: i/o timeout", true, "registry")]
    [InlineData("Failed to pull image \"org/train:1\": manifest unknown", false, "-Image")]
    [InlineData("Failed to pull image \"org/train:1\": 401 Unauthorized", false, "-ImagePullSecretName")]
    public void Diagnose_ImagePull_TellsWhatMayPassFromWhatMustBeCorrected(string message, bool transient, string remedy)
    {
        var diagnosis = new Case().In(Initializing).Event("Failed", message).Diagnose();

        Assert.Equal(transient, diagnosis.IsTransient);
        Assert.Contains(remedy, string.Join("\n", diagnosis.Remedy));
    }

    [Fact]
    public void Diagnose_WhatWasGotOver_ExplainsNothingNow()
    {
        var diagnosis = new Case().In(Initializing).Event("BackOff", "Back-off pulling image").In("Running", "Failed")
            .Saying("exit code 3").Diagnose();

        Assert.Equal((DiagnosisCause.UserCode, 3), (diagnosis.Cause, diagnosis.ExitCode));
    }

    [Fact]
    public void Diagnose_AnImageNamedLikeACause_IsNotTakenForIt() => Assert.Equal(
        DiagnosisCause.ImagePull, new Case().In("Creating", "Initializing", "Failed")
            .Event("Failed", "Failed to pull image \"oomkilled/evicted:1\": not found").Diagnose().Cause);

    [Theory]
    [InlineData(127, "-Command python, train.py")]
    [InlineData(126, "-Command sh, ./run.sh")]
    public void Diagnose_CommandThatCouldNotBeStarted_HasTheRemedyOfItsCode(int code, string remedy)
    {
        var diagnosis = new Case().In(Failed).Saying($"Pod train-0 failed with exit code {code}").Diagnose();

        Assert.Equal((DiagnosisCause.UserCode, code), (diagnosis.Cause, diagnosis.ExitCode));
        Assert.Contains(remedy, diagnosis.Remedy[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Diagnose_FailedCommand_PointsToALogOnlyWhereOneIsKept(bool isKept)
    {
        var failed = new Case().In(Failed).Saying("Pod train-0 failed with exit code 3");

        var remedy = (isKept ? failed.Result(RunOutcome.Failed, 3) : failed).Diagnose().RemedyText;

        Assert.Equal(isKept, remedy.Contains("its log tells", StringComparison.Ordinal));
        Assert.Equal(!isKept, remedy.Contains("No log of it is stored", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("No node could ever fit this workload", true)]
    [InlineData("Not enough resources in the requested nodepool default", false)]
    public void Diagnose_LackOfRoom_TellsWhetherItPasses(string message, bool neverFits)
    {
        var diagnosis = Pending().Saying(message).Diagnose();

        Assert.Equal((DiagnosisCause.Capacity, neverFits, !neverFits), (diagnosis.Cause, diagnosis.NeverFits, diagnosis.IsTransient));
    }

    [Fact]
    public void Diagnose_ResumedAfterASuspension_IsNoPreemption() =>
        Assert.Equal(
            DiagnosisCause.Unknown, new Case().In("Creating", "Running", "Stopping", "Stopped", "Resuming", "Pending").Diagnose().Cause);

    [Fact]
    public void Diagnose_ClockRanOutWhilePulling_NamesTheImageAndNotTheClock() => Assert.Equal(
        DiagnosisCause.ImagePull,
        new Case().In(Initializing).Event("BackOff", "Back-off pulling image \"x\"").In("Stopping")
            .RanOut("did not end", pending: false).Diagnose().Cause);

    [Fact]
    public void Diagnose_HostileText_IsCleaned()
    {
        var evidence = new Case().In(Failed).Saying("exit code 3 \u001b[2J\u202e" + new string('x', 5000)).Diagnose().Evidence;

        Assert.All(evidence, evidence => Assert.DoesNotContain(evidence.ToString(), c => char.IsControl(c) || c == '\u202e'));
        Assert.All(evidence, evidence => Assert.True(evidence.Text.Length < 600));
    }

    private static Case Pending() => new Case().In("Creating", "Pending");
}
