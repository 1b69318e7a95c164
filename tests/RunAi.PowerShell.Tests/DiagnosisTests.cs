using System.Management.Automation;
using System.Text.RegularExpressions;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.PowerShell.Tests;

[Collection(MishapCollection.Name)]
public sealed class DiagnosisTests(MishapPlane mishaps) : IDisposable
{
    private const string Sleeper = "-Image busybox -Command sleep, 60";
    private readonly Workspace _workspace = new(mishaps.Plane, record: true);

    public void Dispose()
    {
        mishaps.Plane.ClearFaults();
        _workspace.Run("Get-RunAiWorkload runai-d-* | Remove-RunAiWorkload -Confirm:$false");
        _workspace.Dispose();
    }

    [Fact]
    public void Diagnosis_OverTheQuotaOfNonPreemptibles_IsQuota()
    {
        var run = Submit("d-quota", $"{Sleeper} -Settings @{{ GpuDevicesRequest = 3; Preemptibility = 'non-preemptible' }}");

        var diagnosis = DiagnosisOf(run, "Quota", evidence: "NonPreemptibleOverQuota");

        Assert.Contains("-Preemptibility preemptible", Text(diagnosis, "Remedy"), StringComparison.Ordinal);
    }

    [Fact]
    public void Diagnosis_MoreThanAnyNodeHas_IsCapacity() =>
        Assert.Contains(
            "in vain", Text(DiagnosisOf(Submit("d-room", $"{Sleeper} -Settings @{{ GpuDevicesRequest = 5 }}"), "Capacity"), "Summary"),
            StringComparison.Ordinal);

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
        Submit(
            "d-high", $"{Sleeper} -Settings @{{ GpuDevicesRequest = 4; PriorityClass = 'medium-high'; Preemptibility = 'preemptible' }}");
        Until(low, "Pending");

        DiagnosisOf(low, "Preempted");
        var phases = _workspace.Run("$args[0] | Get-RunAiWorkloadHistory | Where-Object Phase | ForEach-Object Phase", low).ThrowIfFailed();
        Assert.Equal(["Creating", "Pending", "Initializing", "Running", "Pending"], phases.Output.Select(o => o.BaseObject));
    }

    [Theory]
    [InlineData("absent/train:1", "ImagePull", "'absent/train:1'", "Check the name and tag")]
    [InlineData("lost-volume/train:1", "Mount", "cannot be attached or mounted", "-NodePools")]
    public void Diagnosis_OfWhatCannotStart_NamesWhatIsMissing(string image, string cause, string summary, string remedy)
    {
        var diagnosis = DiagnosisOf(Submit("d-start", $"-Image {image} -Command 'true' -Settings @{{ GpuDevicesRequest = 0 }}"), cause);

        Assert.Contains(summary, Text(diagnosis, "Summary"), StringComparison.Ordinal);
        Assert.Contains(remedy, Text(diagnosis, "Remedy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shaky/train:1", "sleep, 60", "NodeLost")]
    [InlineData("greedy/train:1", "'true'", "OutOfMemory")]
    public void Invoke_OfAStepThatTheClusterEnds_CarriesTheCause(string image, string command, string cause)
    {
        var error = _workspace.Run(
            $"Invoke-RunAiStep d-end -Image {image} -Command {command} -Settings @{{ GpuDevicesRequest = 0 }}").TheError;

        Assert.StartsWith("RunAi.WorkloadFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"Cause: {cause}:", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3", "UserCode", "exit code 3")]
    [InlineData("kill -9 $$", "OutOfMemory", "-CpuMemoryRequest")]
    public void Invoke_OfAStepThatFails_CarriesCauseAndRemedy(string command, string cause, string words)
    {
        var error = _workspace.Run(
            $"Invoke-RunAiStep d-bad -Image busybox -Command sh, -c, '{command}' -Settings @{{ GpuDevicesRequest = 0 }}").TheError;

        Assert.Contains($"Cause: {cause}:", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
        var failure = Assert.IsAssignableFrom<Exception>(error.Exception);
        var diagnosis = PSObject.AsPSObject(failure).Properties["Diagnosis"].Value;
        Assert.Equal(cause, PSObject.AsPSObject(diagnosis).Properties["Cause"].Value.ToString());
    }

    [Fact]
    public void Wait_WhenItsPendingTimeRunsOut_TellsWhyItWaited()
    {
        var result = _workspace.Run(
            $"Submit-RunAiStep d-late {Sleeper} -Settings @{{ GpuDevicesRequest = 5; PendingTimeout = 2 }} | Wait-RunAiWorkload");

        Assert.StartsWith("RunAi.WorkloadTimeout,", result.TheError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Cause: Capacity:", result.TheError.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Invoke_WhenNoEvidenceCanBeRead_StillTellsTheFailure()
    {
        mishaps.Plane.AddFault(new { method = "GET", path = "/api/v1/workloads/*/*", kind = "status", status = 403, count = 30 });

        var error = _workspace.Run(
            "Invoke-RunAiStep d-blind -Image busybox -Command sh, -c, 'exit 3' -Settings @{ GpuDevicesRequest = 0 }").TheError;

        Assert.StartsWith("RunAi.WorkloadFailed,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Not read: its events", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("exit code 3", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void EventsAndPods_OfACompletedRun_AreTyped()
    {
        _workspace.Run(
            "$run = Invoke-RunAiStep d-good -Image busybox -Command 'true' -Settings @{ GpuDevicesRequest = 0 }").ThrowIfFailed();

        var reasons = _workspace.Run("$run | Get-RunAiWorkloadEvent | ForEach-Object Reason").ThrowIfFailed().Output
            .Select(o => (string)o.BaseObject);
        Assert.Contains("Scheduled", reasons);
        var first = _workspace.Run("Get-RunAiWorkloadEvent $run.WorkloadName -First 1").TheOutput;
        Assert.Contains("RunAi.WorkloadEvent", first.TypeNames);
        Assert.Equal("Completed", first.Properties["Reason"].Value);
        var pod = _workspace.Run("$run | Get-RunAiWorkloadPod").TheOutput;
        Assert.Equal(("Succeeded", "cpu-1"), (pod.Properties["Phase"].Value, pod.Properties["NodeName"].Value));
        Assert.Equal("None", _workspace.Run("($run | Get-RunAiWorkloadDiagnosis).Cause").TheOutput.BaseObject.ToString());
    }

    /// <summary>The host names no width, so the engine takes 80 columns.</summary>
    [Fact]
    public void Views_OfAFailedRun_FitInEightyColumnsAndCutNothingOff()
    {
        var run = Submit("d-view", "-Image busybox -Command sh, -c, 'exit 3' -Settings @{ GpuDevicesRequest = 0 }");
        DiagnosisOf(run, "UserCode");

        foreach (var what in new[] { "Diagnosis", "Event", "History", "Pod" })
        {
            _workspace.Run($"$args[0] | Get-RunAiWorkload{what} | Out-Host", run).ThrowIfFailed();
        }

        var lines = Regex.Replace(_workspace.Host!.Text, "\u001b\\[[0-9;]*m", "").Split('\n')
            .Where(line => !line.StartsWith("PROGRESS:", StringComparison.Ordinal)).ToArray();
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, 80));
        Assert.DoesNotContain(lines, line => line.Contains('\u2026') || line.Contains("...", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Cause    : UserCode", StringComparison.Ordinal));
        foreach (var heads in new[] { "Time Type Reason Message", "Time What Message", "Name Phase GPU NodeName NodePool Started" })
        {
            Assert.Contains(lines, line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) == heads);
        }
    }

    [Fact]
    public void Diagnosis_OfNoWorkload_IsAnError() => Assert.StartsWith(
        "RunAi.WorkloadNotFound,",
        _workspace.Run("Get-RunAiWorkloadDiagnosis 00000000-0000-0000-0000-000000000001").TheError.FullyQualifiedErrorId,
        StringComparison.Ordinal);

    private PSObject Submit(string name, string rest) => _workspace.Run($"Submit-RunAiStep {name} {rest}").TheOutput;

    /// <summary>
    /// Asks until the cause is found, and by that evidence: creating, scheduling and suspending take their time in the emulator, and its
    /// records are read one beside the other, so that the history may tell a little before the workload does.
    /// </summary>
    private PSObject DiagnosisOf(PSObject run, string cause, string evidence = "")
    {
        PSObject? diagnosis = null;
        Assert.True(
            Poll.Until(
                () =>
                {
                    diagnosis = _workspace.Run("$args[0] | Get-RunAiWorkloadDiagnosis", run).TheOutput;
                    return diagnosis.Properties["Cause"].Value.ToString() == cause
                        && Text(diagnosis, "Evidence").Contains(evidence, StringComparison.Ordinal);
                },
                TimeSpan.FromSeconds(30)),
            $"The diagnosis stays {diagnosis}, by {(diagnosis is null ? "" : Text(diagnosis, "Evidence"))}.");
        return diagnosis!;
    }

    private void Until(PSObject run, string phase) => Assert.True(
        Poll.Until(
            () => (string)_workspace.Run("($args[0] | Get-RunAiWorkload).Phase", run).TheOutput.BaseObject == phase,
            TimeSpan.FromSeconds(30)),
        $"It never was {phase}.");

    private static string Text(PSObject diagnosis, string property) =>
        LanguagePrimitives.ConvertTo<string>(diagnosis.Properties[property].Value);
}
