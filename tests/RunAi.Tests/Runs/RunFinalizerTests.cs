using System.Text;
using RunAi.Artifacts;
using RunAi.RunManifest;
using RunAi.Runs;
using RunAi.Watching;

namespace RunAi.Tests.Runs;

/// <summary>How a run ended: the result in the store has the last word.</summary>
public sealed class RunFinalizerTests
{
    private const string Folder = "data/01JD/attempts/1/";

    private readonly MemoryStore _store = new();
    private readonly RecordingLog _log = new();
    private readonly StepRun _run =
        new() { RunId = "01JD", StepName = "train", WorkloadName = "runai-train-x", State = StepRunState.Running, ArtifactStore = "blobs" };

    [Fact]
    public async Task Succeeded_HasExitCodeMemoryAndOutputs_AndIsRecorded()
    {
        Result(RunOutcome.Succeeded, 0, outputs: [
            new ArtifactDescriptor { Name = "model", Digest = "sha256:x", Size = 3, MediaType = "m", FileName = "f" }]);

        Assert.Null(await ConcludeAsync(Endings.Completed(_run)));

        Assert.Equal((StepRunState.Succeeded, 0, 42L), (_run.State, _run.ExitCode, _run.PeakMemory));
        var model = _run.Outputs["model"];
        Assert.Equal(
            ("az://account/container/steps/data/01JD/attempts/1/outputs/model", "sha256:x", 3L, "m", "f"),
            (model.Uri, model.Digest, model.Size, model.MediaType, model.FileName));
        var last = await Journal().LastAsync("01JD", default);
        Assert.Equal((StepRunState.Succeeded, 0, "model"), (last!.State, last.ExitCode, Assert.Single(last.Outputs).Name));
    }

    [Fact]
    public async Task Failed_TellsTheRunnersWordsExitCodeAndLastLines_WithoutControlSequences()
    {
        Result(RunOutcome.Failed, 3, "The command ended with exit code 3.");
        _store.Objects[Folder + "log/00000"] = Encoding.UTF8.GetBytes("2030-01-01T00:00:00Z stderr F \u001b[31mKeyError: 'x'\n");

        var failure = Assert.IsType<StepRunFailedException>(await ConcludeAsync(Endings.Failed(_run)));

        Assert.Equal((StepRunState.Failed, 3), (_run.State, _run.ExitCode));
        Assert.Equal((ErrorIds.WorkloadFailed, 3), (failure.ErrorId, failure.ExitCode));
        Assert.StartsWith(
            "Step 'train' failed with exit code 3: The command ended with exit code 3.\n", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("\nLast lines of its log:\n  KeyError: 'x'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["KeyError: 'x'"], failure.LastLogLines);
        Assert.Equal(
            "Step 'train' failed with exit code 3: The command ended with exit code 3.",
            (await Journal().LastAsync("01JD", default))!.Message);
    }

    [Fact]
    public async Task Failed_IsDiagnosedByTheRunnersResultAndTheLog()
    {
        Result(RunOutcome.Failed, 1, "The command ended with exit code 1.");
        _store.Objects[Folder + "log/00000"] = Encoding.UTF8.GetBytes(
            "2030-01-01T00:00:00Z stderr F torch.cuda.OutOfMemoryError: CUDA out of memory.\n");

        var failure = Assert.IsType<StepRunFailedException>(await ConcludeAsync(Endings.Failed(_run)));

        Assert.Equal((DiagnosisCause.OutOfMemory, 1), (failure.Diagnosis!.Cause, failure.Diagnosis.ExitCode));
        Assert.Contains(failure.Diagnosis.Evidence, evidence => evidence.Source == EvidenceSource.Log
            && evidence.Text.Contains("CUDA out of memory", StringComparison.Ordinal));
        Assert.Contains("\nCause: OutOfMemory: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeletedAfterItDelivered_Succeeded()
    {
        Result(RunOutcome.Succeeded, 0);

        Assert.Null(await ConcludeAsync(Endings.Deleted(_run)));
        Assert.Equal(StepRunState.Succeeded, _run.State);
    }

    [Fact]
    public async Task CompletedWithoutResult_IsNoSuccess()
    {
        var failure = Assert.IsType<StepRunFailedException>(await ConcludeAsync(Endings.Completed(_run)));

        Assert.Equal((StepRunState.Failed, (int?)null), (_run.State, _run.ExitCode));
        Assert.Contains("left no result", failure.Message, StringComparison.Ordinal);
        Assert.Equal(DiagnosisCause.Unknown, failure.Diagnosis!.Cause);
        Assert.Contains("left no result", failure.Diagnosis.Summary, StringComparison.Ordinal);
        Assert.Contains(failure.Diagnosis.Remedy, line => line.Contains("-BaseImage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CompletedWithABadResult_IsDiagnosedByIt()
    {
        Result(RunOutcome.OutputFailed, 0, "model was not written");

        var failure = Assert.IsType<StepRunFailedException>(await ConcludeAsync(Endings.Completed(_run)));

        Assert.Equal(StepRunState.Failed, _run.State);
        Assert.Equal(DiagnosisCause.UserCode, failure.Diagnosis!.Cause);
        Assert.Contains("model was not written", failure.Diagnosis.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LogOfALaterAttempt_IsNotThisOnes()
    {
        Result(RunOutcome.Failed, 3);
        _store.Objects[Folder + "log/00000"] = Encoding.UTF8.GetBytes("2030-01-01T00:00:00Z stdout F mine\n");
        _store.Objects["data/01JD/attempts/2/log/00000"] = Encoding.UTF8.GetBytes("2030-01-01T00:00:00Z stdout F later\n");

        Assert.Equal(["mine"], Assert.IsType<StepRunFailedException>(await ConcludeAsync(Endings.Failed(_run))).LastLogLines);
        _store.Objects.Remove(Folder + "log/00000", out _);
        Assert.Empty(Assert.IsType<StepRunFailedException>(await ConcludeAsync(Endings.Failed(_run))).LastLogLines);
    }

    [Theory]
    [InlineData(5, 9, null, "WorkloadTimeout")]
    [InlineData(5, 4, null, "Deadline")]
    [InlineData(null, 9, 2, "RunTimeout")]
    public async Task ClockInTheContainer_IsTheOneThatWasOverFirst(int? workload, int deadline, int? running, string clock)
    {
        (_run.WorkloadTimeout, _run.Deadline, _run.RunTimeout) = (Minutes(workload), Minutes(deadline), Minutes(running));
        Result(RunOutcome.TimedOut, 143, "Its time was over.");

        Assert.Equal(clock, Assert.IsType<StepRunTimeoutException>(await ConcludeAsync(Endings.Failed(_run))).Clock);

        static TimeSpan? Minutes(int? number) => number is { } minutes ? TimeSpan.FromMinutes(minutes) : null;
    }

    [Fact]
    public async Task FailedWithoutResult_TellsWhatTheControlPlaneSaysAndTheLastLines()
    {
        _store.Objects[Folder + "log/00000"] = Encoding.UTF8.GetBytes("2030-01-01T00:00:00Z stdout F half-way\n");

        var failure = Assert.IsType<StepRunFailedException>(await ConcludeAsync(Endings.Failed(_run)));

        var lines = failure.Message.Split('\n');
        Assert.Contains("runai-train-x", lines[0], StringComparison.Ordinal);
        Assert.Equal(["Last lines of its log:", "  half-way"], lines.Skip(lines.Length - 2));
        Assert.Equal(["half-way"], failure.LastLogLines);
        Assert.NotNull(failure.Diagnosis);
    }

    [Fact]
    public async Task DeadlineInTheContainer_IsATimeout()
    {
        _run.WorkloadTimeout = TimeSpan.FromMinutes(5);
        Result(RunOutcome.TimedOut, 143, "The deadline came.");

        var failure = Assert.IsType<StepRunTimeoutException>(await ConcludeAsync(Endings.Failed(_run)));

        Assert.Equal((StepRunState.TimedOut, TimeSpan.FromMinutes(5)), (_run.State, failure.Limit));
        Assert.Equal(DiagnosisCause.Timeout, failure.Diagnosis!.Cause);
        Assert.DoesNotContain("143", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Resume-RunAiWorkload", failure.Message, StringComparison.Ordinal);
        Assert.Same(_run, failure.Run);
    }

    [Fact]
    public async Task OutputsThatCouldNotBeKept_AreToldInRunRecordAndLog()
    {
        Result(RunOutcome.Succeeded, 0, warnings: ["Output model: latest is left out."]);

        Assert.Null(await ConcludeAsync(Endings.Completed(_run)));

        Assert.Equal("Output model: latest is left out.", Assert.Single(_run.Warnings));
        Assert.Equal(_run.Warnings, (await Journal().LastAsync("01JD", default))!.Warnings);
        Assert.Contains(_log.Warnings, line => line.Contains("latest is left out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StoreThatCannotBeRead_LeavesTheWordToTheWorkload_AndWarns()
    {
        _store.Before = _ => throw new ArtifactException(ErrorIds.ArtifactStoreUnreachable, "no store");

        Assert.Null(await ConcludeAsync(Endings.Completed(_run)));

        Assert.Equal(StepRunState.Succeeded, _run.State);
        Assert.Contains("Receive-RunAiStep 01JD", _log.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ResultOfAnotherRun_IsNone()
    {
        Result(RunOutcome.Succeeded, 0, runId: "01JE");

        Assert.NotNull(await ConcludeAsync(Endings.Completed(_run)));
    }

    private async Task<RunAiException?> ConcludeAsync(WorkloadResult ending)
    {
        _store.Objects["runs/01JD/0000.json"] = StoredJson.Bytes(new RunRecord { RunId = "01JD", State = StepRunState.Submitted });
        return await new RunFinalizer(_store, Journal(), _log).FinalizeAsync(_run, ending, default);
    }

    private RunJournal Journal() => new([_store], TimeProvider.System, _log);

    private void Result(
        string outcome, int? code, string? message = null, ArtifactDescriptor[]? outputs = null, string runId = "01JD",
        string[]? warnings = null) =>
        _store.Objects[Folder + "result.json"] = StoredJson.Bytes(new RunResult
        {
            RunId = runId,
            Attempt = 1,
            Outcome = outcome,
            ExitCode = code,
            Message = message,
            PeakMemory = 42,
            Outputs = outputs ?? [],
            Warnings = warnings ?? [],
        });
}
