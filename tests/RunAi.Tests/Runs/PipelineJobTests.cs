using RunAi.Runs;

namespace RunAi.Tests.Runs;

/// <summary>A later attempt of a job of a pipeline means that the earlier one is over; nothing else does.</summary>
public sealed class PipelineJobTests
{
    private static readonly Dictionary<string, string?> Azure = new()
    {
        ["SYSTEM_COLLECTIONURI"] = "https://dev.azure.com/org/",
        ["SYSTEM_TEAMPROJECTID"] = "project",
        ["BUILD_BUILDID"] = "17",
        ["SYSTEM_STAGENAME"] = "train",
        ["SYSTEM_PHASENAME"] = "job",
        ["SYSTEM_JOBNAME"] = "job gpu",
        ["SYSTEM_STAGEATTEMPT"] = "1",
        ["SYSTEM_JOBATTEMPT"] = "2",
    };

    private static readonly Dictionary<string, string?> GitHub = new()
    {
        ["GITHUB_SERVER_URL"] = "https://github.com",
        ["GITHUB_REPOSITORY"] = "org/code",
        ["GITHUB_RUN_ID"] = "5",
        ["GITHUB_JOB"] = "train",
        ["GITHUB_RUN_ATTEMPT"] = "1",
    };

    [Theory]
    [InlineData("SYSTEM_JOBATTEMPT", "3", true)]
    [InlineData("SYSTEM_STAGEATTEMPT", "2", true)]
    [InlineData("SYSTEM_JOBATTEMPT", "2", false)]
    [InlineData("SYSTEM_JOBATTEMPT", "1", false)]
    [InlineData("BUILD_BUILDID", "18", false)]
    [InlineData("SYSTEM_JOBNAME", "job cpu", false)]
    public void AzurePipelines_LaterAttemptOfTheSameJob_Follows(string variable, string value, bool follows)
    {
        var later = new Dictionary<string, string?>(Azure) { [variable] = value };

        Assert.Equal(follows, Job(later)!.Follows(Job(Azure)!));
    }

    [Fact]
    public void LaterStage_StartsItsJobsFromTheFirstAttempt()
    {
        var later = new Dictionary<string, string?>(Azure) { ["SYSTEM_STAGEATTEMPT"] = "2", ["SYSTEM_JOBATTEMPT"] = "1" };

        Assert.True(Job(later)!.Follows(Job(Azure)!));
        Assert.False(Job(Azure)!.Follows(Job(later)!));
    }

    [Fact]
    public void GitHub_LaterAttemptOfTheSameRun_Follows()
    {
        var later = new Dictionary<string, string?>(GitHub) { ["GITHUB_RUN_ATTEMPT"] = "2" };

        Assert.True(Job(later)!.Follows(Job(GitHub)!));
    }

    [Fact]
    public void WithoutAnAgent_OrWithHalfOfItsVariables_ThereIsNoJob()
    {
        Assert.Null(Job([]));
        Assert.Null(Job(new Dictionary<string, string?>(Azure) { ["BUILD_BUILDID"] = "" }));
        Assert.Null(Job(new Dictionary<string, string?>(Azure) { ["SYSTEM_JOBATTEMPT"] = null }));
    }

    [Fact]
    public void OwnerOnAnotherMachine_IsGone_WhenALaterAttemptOfItsJobRuns()
    {
        var first = new RunOwners("agent-1/a", Job(Azure));
        var second = new RunOwners("agent-2/b", Job(new Dictionary<string, string?>(Azure) { ["SYSTEM_JOBATTEMPT"] = "3" }));
        var entry = new RunRecord { State = StepRunState.Submitting, Claim = "c", Owner = first.Self };

        Assert.Equal(OwnerState.Gone, second.StateOf(entry));
        Assert.Equal(OwnerState.Unknown, new RunOwners("agent-2/b", Job(Azure)).StateOf(entry));
        Assert.Equal(OwnerState.Unknown, new RunOwners("agent-2/b").StateOf(entry));
    }

    private static PipelineJob? Job(Dictionary<string, string?> variables) =>
        PipelineJob.Of(name => variables.TryGetValue(name, out var value) ? value : null);
}
