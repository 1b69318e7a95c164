using RunAi.Workloads;

namespace RunAi.Tests.ControlPlane;

public class WorkloadPhasesTests
{
    [Theory]
    [InlineData("Creating", "Active")]
    [InlineData("Initializing", "Active")]
    [InlineData("Resuming", "Active")]
    [InlineData("Pending", "Active")]
    [InlineData("Running", "Active")]
    [InlineData("Updating", "Active")]
    [InlineData("Degraded", "Active")]
    [InlineData("Completed", "Succeeded")]
    [InlineData("Failed", "Failed")]
    [InlineData("Stopped", "Stopped")]
    [InlineData("Stopping", "Terminating")]
    [InlineData("Suspending", "Terminating")]
    [InlineData("Terminating", "Terminating")]
    [InlineData("Deleting", "Terminating")]
    [InlineData("Unknown", "Unknown")]
    [InlineData("Hibernating", "Unknown")]
    [InlineData("completed", "Unknown")]
    [InlineData("", "Unknown")]
    [InlineData(null, "Unknown")]
    public void Classify_Phase_IsItsMeaning(string? phase, string expected) =>
        Assert.Equal(expected, WorkloadPhases.Classify(phase).ToString());

    [Fact]
    public void EveryPhase_ThatIsActive_EitherRunsOrWaits()
    {
        var phases = typeof(WorkloadPhases).GetFields()
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToArray();

        Assert.Equal(14, phases.Length);
        Assert.Equal(phases.Order(), WorkloadPhases.All.Order());
        Assert.All(phases, phase => Assert.Equal(
            WorkloadPhases.Classify(phase) == PhaseClass.Active,
            WorkloadPhases.IsRunning(phase) ^ WorkloadPhases.IsWaitingToRun(phase)));
    }
}
