using RunAi.Diagnosis;
using RunAi.Watching;
using RunAi.Wording;

namespace RunAi.Tests.Watching;

public class OutcomeErrorsTests
{
    [Fact]
    public void From_Completed_IsNoError() =>
        Assert.Null(OutcomeErrors.From(new WatchOutcome(WatchOutcomeKind.Completed, Train("Completed"))));

    [Fact]
    public void From_Failed_TellsWorkloadCodeWordsEventsAndWhatRemains()
    {
        var workload = Train("Failed");
        workload.PhaseMessage = "BackoffLimitExceeded";
        var events = Enumerable.Range(1, 7).Select(i => $"event {i}").Append("Container exited with code 3").ToArray();

        var thrown = Assert.IsType<WorkloadFailedException>(
            OutcomeErrors.From(new WatchOutcome(WatchOutcomeKind.Failed, workload) { Preemptions = 2 }, events));

        Assert.Equal(
            """
            Workload 'train-4g7c2h9k' (0a1b) failed with exit code 3, after 2 preemptions.
            The control plane says: BackoffLimitExceeded
            It remains on the cluster without a GPU: Show-RunAiWorkload train-4g7c2h9k shows it, Remove-RunAiWorkload train-4g7c2h9k deletes it.
            See it at https://org.run.ai/workloads/0a1b
            Last events:
              event 4
              event 5
              event 6
              event 7
              Container exited with code 3
            """.ReplaceLineEndings("\n"),
            thrown.Message);
        Assert.Equal(ErrorIds.WorkloadFailed, thrown.ErrorId);
        Assert.Equal(3, thrown.ExitCode);
        Assert.Equal("Failed", thrown.Phase);
        Assert.Equal("train-4g7c2h9k", thrown.Target);
        Assert.Equal(events, thrown.Events);
    }

    [Fact]
    public void From_FailedWithoutWords_TellsNoCode()
    {
        var thrown = Assert.IsType<WorkloadFailedException>(
            OutcomeErrors.From(new WatchOutcome(WatchOutcomeKind.Failed, Train("Failed"))));

        Assert.Null(thrown.ExitCode);
        Assert.StartsWith("Workload 'train-4g7c2h9k' (0a1b) failed.\n", thrown.Message);
    }

    [Theory]
    [InlineData(DiagnosisCause.UserCode, false)]
    [InlineData(DiagnosisCause.Unknown, true)]
    public void From_Failed_TellsEventsWhereTheCauseIsNotKnown(DiagnosisCause cause, bool tells)
    {
        var diagnosis = new WorkloadDiagnosis { Cause = cause, Summary = "It failed." };

        var thrown = Assert.IsType<WorkloadFailedException>(
            OutcomeErrors.From(new WatchOutcome(WatchOutcomeKind.Failed, Train("Failed")), ["Job has failed"], diagnosis));

        Assert.Equal(tells, thrown.Message.Contains("Last events:", StringComparison.Ordinal));
        Assert.Equal(["Job has failed"], thrown.Events);
    }

    [Fact]
    public void From_FailedWithADiagnosis_TellsCauseRemedyAndWhatWasNotRead()
    {
        var diagnosis = new WorkloadDiagnosis
        {
            Cause = DiagnosisCause.OutOfMemory,
            Summary = "It was killed.",
            Remedy = ["Give it more.", "Or use less."],
            Unread = ["its pods (403)"],
            ExitCode = 137,
        };

        var thrown = Assert.IsType<WorkloadFailedException>(
            OutcomeErrors.From(new WatchOutcome(WatchOutcomeKind.Failed, Train("Failed")), ["Container exited with code 3"], diagnosis));

        Assert.StartsWith(
            """
            Workload 'train-4g7c2h9k' (0a1b) failed with exit code 137.
            Cause: OutOfMemory: It was killed.
            Remedy: Give it more.
            Remedy: Or use less.
            Not read: its pods (403)
            It remains on the cluster
            """.ReplaceLineEndings("\n"),
            thrown.Message,
            StringComparison.Ordinal);
        Assert.Equal(137, thrown.ExitCode);
        Assert.Same(diagnosis, thrown.Diagnosis);
        Assert.StartsWith("Give it more. Or use less. It remains", thrown.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void From_TimedOutWithADiagnosis_CarriesIt()
    {
        var diagnosis = new WorkloadDiagnosis { Cause = DiagnosisCause.Quota, Summary = "No GPU is left.", Remedy = ["Wait."] };

        var thrown = Assert.IsType<WorkloadTimeoutException>(OutcomeErrors.From(
            new WatchOutcome(WatchOutcomeKind.TimedOut, Train("Pending")) { Limit = Clock("PendingTimeout"), IsStopped = true }, null,
            diagnosis));

        Assert.Same(diagnosis, thrown.Diagnosis);
        Assert.Contains("\nCause: Quota: No GPU is left.\nRemedy: Wait.\n", thrown.Message, StringComparison.Ordinal);
        Assert.StartsWith("Wait. ", thrown.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void From_Stopped_TellsHowToResume()
    {
        var thrown = Failure(new WatchOutcome(WatchOutcomeKind.Stopped, Train("Stopped")) { IsStopped = true });

        Assert.Equal(ErrorIds.WorkloadStopped, thrown.ErrorId);
        Assert.Contains("was stopped (suspended)", thrown.Message);
        Assert.Contains("Resume-RunAiWorkload train-4g7c2h9k", thrown.Message);
    }

    [Fact]
    public void From_Deleted_TellsThatNothingRemains()
    {
        var thrown = Failure(new WatchOutcome(WatchOutcomeKind.Deleted, Train("Running")) { IsDeleted = true });

        Assert.Equal(ErrorIds.WorkloadDeleted, thrown.ErrorId);
        Assert.Contains("last seen Running", thrown.Message);
        Assert.Contains("Nothing of it remains", thrown.Message);
        Assert.DoesNotContain("Remove-RunAiWorkload", thrown.Message);
    }

    [Theory]
    [InlineData("PendingTimeout", "did not run within its PendingTimeout of 00:10:00 (it was Pending).")]
    [InlineData("WorkloadTimeout", "did not end within its WorkloadTimeout of 00:10:00 (it was Pending).")]
    [InlineData("RunTimeout", "ran longer than its RunTimeout of 00:10:00.")]
    public void From_TimedOut_TellsTheClockAndItsLimit(string clock, string words)
    {
        var workload = Train("Pending");
        workload.PendingReasons = ["pool-1: no free GPU"];

        var thrown = Timeout(new WatchOutcome(WatchOutcomeKind.TimedOut, workload) { Limit = Clock(clock), IsStopped = true });

        Assert.Equal(ErrorIds.WorkloadTimeout, thrown.ErrorId);
        Assert.Equal((clock, TimeSpan.FromMinutes(10)), (thrown.Clock, thrown.Limit));
        Assert.Contains(words, thrown.Message);
        Assert.Contains("pool-1: no free GPU", thrown.Message);
        Assert.Contains("https://org.run.ai/workloads/0a1b", thrown.Message);
        Assert.Contains("Resume-RunAiWorkload train-4g7c2h9k", thrown.Message);
    }

    [Theory]
    [InlineData(false, false, "It could not be stopped (no right). It remains and may still hold its GPU: Stop-RunAiWorkload")]
    [InlineData(true, false, "could not be deleted (no right). It remains: Remove-RunAiWorkload")]
    [InlineData(true, true, "nothing of it will remain")]
    public void From_TimedOut_TellsWhatRemains(bool stopped, bool deleted, string words)
    {
        var thrown = Timeout(new WatchOutcome(WatchOutcomeKind.TimedOut, Train("Running"))
        {
            Limit = Clock("WorkloadTimeout"),
            IsStopped = stopped,
            IsDeleted = deleted,
            Problem = deleted ? null : "no right",
        });

        Assert.Contains(words, thrown.Message);
        Assert.Equal(!deleted, thrown.Message.Contains("Remove-RunAiWorkload train-4g7c2h9k"));
    }

    [Fact]
    public void From_FailedAndNotDeleted_TellsWhy()
    {
        var thrown = Failure(new WatchOutcome(WatchOutcomeKind.Failed, Train("Failed")) { Problem = "no right" });

        Assert.Contains("It could not be deleted (no right). It remains: Remove-RunAiWorkload train-4g7c2h9k", thrown.Message);
    }

    [Theory]
    [InlineData("exit code 3", 3)]
    [InlineData("The container exited with code 137 (OOMKilled)", 137)]
    [InlineData("terminated: Error, exitCode=1", 1)]
    [InlineData("ExitCode: 42", 42)]
    [InlineData("exited with non-zero exit code: 2", 2)]
    [InlineData("process exited with status 255", 255)]
    [InlineData("exit status 126", 126)]
    [InlineData("exit code 4711", null)]
    [InlineData("exit code 256", null)]
    [InlineData("error code 404", null)]
    [InlineData("ErrImagePull", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void ExitCode_InWords_IsFound(string? words, int? expected) => Assert.Equal(expected, ExitCode.In([words]));

    [Fact]
    public void ExitCode_SeveralTexts_TheFirstThatTellsOneCounts() =>
        Assert.Equal(2, ExitCode.In([null, "nothing", "exit code 2", "exit code 3"]));

    [Theory]
    [InlineData(0.25, "00:00:00.250")]
    [InlineData(30, "00:00:30")]
    [InlineData(90061, "1 d 01:01:01")]
    public void Durations_Text_IsShort(double seconds, string expected) =>
        Assert.Equal(expected, Durations.Text(TimeSpan.FromSeconds(seconds)));

    private static WorkloadFailedException Failure(WatchOutcome outcome) =>
        Assert.IsType<WorkloadFailedException>(OutcomeErrors.From(outcome));

    private static WorkloadTimeoutException Timeout(WatchOutcome outcome) =>
        Assert.IsType<WorkloadTimeoutException>(OutcomeErrors.From(outcome));

    private static LimitReading Clock(string name) => new(name, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), true);

    private static Workload Train(string phase) => new()
    {
        WorkloadId = "0a1b",
        Name = "train-4g7c2h9k",
        Phase = phase,
        Url = "https://org.run.ai/workloads/0a1b",
    };
}
