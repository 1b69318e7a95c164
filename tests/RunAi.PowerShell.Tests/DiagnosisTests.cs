using System.Management.Automation;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(CmdletCollection.Name)]
public sealed class DiagnosisTests(EmulatedControlPlane plane) : IDisposable
{
    private const string Sleeper = "-Image busybox -Command sleep, 60";
    private readonly Workspace _workspace = new(plane, record: true);

    public void Dispose()
    {
        _workspace.Run("Get-RunAiWorkload runai-d-* | Remove-RunAiWorkload -Confirm:$false");
        _workspace.Dispose();
    }

    [Fact]
    public void Diagnosis_OverTheQuotaOfNonPreemptibles_IsQuota()
    {
        var run = Submit("d-quota", $"{Sleeper} -Settings @{{ GpuDevicesRequest = 3; Preemptibility = 'non-preemptible' }}");

        var diagnosis = DiagnosisOf(run, "Quota");

        Assert.Contains("-Preemptibility preemptible", Text(diagnosis, "Remedy"), StringComparison.Ordinal);
        Assert.Contains("NonPreemptibleOverQuota", Text(diagnosis, "Evidence"), StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnosis_MoreThanAnyNodeHas_IsCapacity() =>
        Assert.Contains("in vain", Text(DiagnosisOf(Submit("d-room", $"{Sleeper} -Settings @{{ GpuDevicesRequest = 5 }}"), "Capacity"), "Summary"), StringComparison.Ordinal);

    [Fact]
    public void Diagnosis_OfASuspendedWorkload_NamesResume()
    {
        var run = Submit("d-halt", $"{Sleeper} -Settings @{{ GpuDevicesRequest = 0 }}");
        _workspace.Run("Stop-RunAiWorkload $args[0]", run).ThrowIfFailed();

        Assert.Contains("Resume-RunAiWorkload", Text(DiagnosisOf(run, "Suspended"), "Remedy"), StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnosis_AfterALossOfItsPlace_IsPreempted()
    {
        var low = Submit("d-low", $"{Sleeper} -Settings @{{ GpuDevicesRequest = 4; PriorityClass = 'very-low' }}");
        Until(low, "Running");
        Submit("d-high", $"{Sleeper} -Settings @{{ GpuDevicesRequest = 4; PriorityClass = 'medium-high'; Preemptibility = 'preemptible' }}");
        Until(low, "Pending");

        DiagnosisOf(low, "Preempted");
        var phases = _workspace.Run("$args[0] | Get-RunAiWorkloadHistory | Where-Object Phase | ForEach-Object Phase", low).ThrowIfFailed();
        Assert.Equal(["Creating", "Pending", "Initializing", "Running", "Pending"], phases.Output.Select(o => o.BaseObject));
    }

    [Theory]
    [InlineData("exit 3", "UserCode", "exit code 3")]
    [InlineData("kill -9 $$", "OutOfMemory", "-CpuMemoryRequest")]
    public void Invoke_OfAStepThatFails_CarriesCauseAndRemedy(string command, string cause, string words)
    {
        var error = _workspace.Run($"Invoke-RunAiStep d-bad -Image busybox -Command sh, -c, '{command}' -Settings @{{ GpuDevicesRequest = 0 }}").TheError;

        Assert.Contains($"Cause: {cause}:", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        var failure = Assert.IsAssignableFrom<Exception>(error.Exception);
        var diagnosis = PSObject.AsPSObject(failure).Properties["Diagnosis"].Value;
        Assert.Equal(cause, PSObject.AsPSObject(diagnosis).Properties["Cause"].Value.ToString());
    }

    [Fact]
    public void Wait_WhenItsPendingTimeRunsOut_TellsWhyItWaited()
    {
        var result = _workspace.Run($"Submit-RunAiStep d-late {Sleeper} -Settings @{{ GpuDevicesRequest = 5; PendingTimeout = 2 }} | Wait-RunAiWorkload");

        Assert.StartsWith("RunAi.WorkloadTimeout,", result.TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Cause: Capacity:", result.TheError.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Invoke_WhenNoEvidenceCanBeRead_StillTellsTheFailure()
    {
        plane.AddFault(new { method = "GET", path = "/api/v1/workloads/*/*", kind = "status", status = 403, count = 30 });

        var error = _workspace.Run("Invoke-RunAiStep d-blind -Image busybox -Command sh, -c, 'exit 3' -Settings @{ GpuDevicesRequest = 0 }").TheError;

        Assert.StartsWith("RunAi.WorkloadFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Not read: its events", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("exit code 3", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EventsAndPods_OfACompletedRun_AreTyped()
    {
        _workspace.Run("$run = Invoke-RunAiStep d-good -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 0 }").ThrowIfFailed();

        var reasons = _workspace.Run("$run | Get-RunAiWorkloadEvent | ForEach-Object Reason").ThrowIfFailed().Output.Select(o => (string)o.BaseObject);
        Assert.Contains("Scheduled", reasons);
        var first = _workspace.Run("Get-RunAiWorkloadEvent $run.WorkloadName -First 1").TheOutput;
        Assert.Contains("RunAi.WorkloadEvent", first.TypeNames);
        Assert.Equal("Completed", first.Properties["Reason"].Value);
        var pod = _workspace.Run("$run | Get-RunAiWorkloadPod").TheOutput;
        Assert.Equal(("Succeeded", "cpu-1"), (pod.Properties["Phase"].Value, pod.Properties["NodeName"].Value));
        Assert.Equal("None", _workspace.Run("($run | Get-RunAiWorkloadDiagnosis).Cause").TheOutput.BaseObject.ToString());
    }

    [Fact]
    public void Diagnosis_OfNoWorkload_IsAnError() => Assert.StartsWith(
        "RunAi.WorkloadNotFound,",
        _workspace.Run("Get-RunAiWorkloadDiagnosis 00000000-0000-0000-0000-000000000001").TheError.FullyQualifiedErrorId,
        StringComparison.Ordinal);

    private PSObject Submit(string name, string rest) => _workspace.Run($"Submit-RunAiStep {name} {rest}").TheOutput;

    /// <summary>Asks until the cause is found: creating, scheduling and suspending take their time in the emulator.</summary>
    private PSObject DiagnosisOf(PSObject run, string cause)
    {
        PSObject? diagnosis = null;
        Assert.True(
            SpinWait.SpinUntil(
                () => (diagnosis = _workspace.Run("$args[0] | Get-RunAiWorkloadDiagnosis", run).TheOutput).Properties["Cause"].Value.ToString() == cause,
                TimeSpan.FromSeconds(30)),
            $"The diagnosis stays {diagnosis}.");
        return diagnosis!;
    }

    private void Until(PSObject run, string phase) => Assert.True(
        SpinWait.SpinUntil(() => (string)_workspace.Run("($args[0] | Get-RunAiWorkload).Phase", run).TheOutput.BaseObject == phase, TimeSpan.FromSeconds(30)),
        $"It never was {phase}.");

    private static string Text(PSObject diagnosis, string property) =>
        LanguagePrimitives.ConvertTo<string>(diagnosis.Properties[property].Value);
}
