using RunAi.ControlPlane;

namespace RunAi.Tests.ControlPlane;

public class WorkloadPhasesTests
{
    [Theory]
    [InlineData("Creating", "OnTheWay")]
    [InlineData("Initializing", "OnTheWay")]
    [InlineData("Resuming", "OnTheWay")]
    [InlineData("Pending", "OnTheWay")]
    [InlineData("Running", "OnTheWay")]
    [InlineData("Updating", "OnTheWay")]
    [InlineData("Degraded", "OnTheWay")]
    [InlineData("Completed", "Succeeded")]
    [InlineData("Failed", "Failed")]
    [InlineData("Stopped", "Stopped")]
    [InlineData("Stopping", "Leaving")]
    [InlineData("Terminating", "Leaving")]
    [InlineData("Deleting", "Leaving")]
    [InlineData("Unknown", "Unknown")]
    [InlineData("Hibernating", "Unknown")]
    [InlineData("completed", "Unknown")]
    [InlineData("", "Unknown")]
    [InlineData(null, "Unknown")]
    public void Classify_Phase_IsItsMeaning(string? phase, string expected) =>
        Assert.Equal(expected, WorkloadPhases.Classify(phase).ToString());

    [Fact]
    public void EveryPhase_OnTheWay_EitherRunsOrWaits()
    {
        var phases = typeof(WorkloadPhases).GetFields()
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToArray();

        Assert.Equal(14, phases.Length);
        Assert.Equal(phases.Order(), WorkloadPhases.All.Order());
        Assert.All(phases, phase => Assert.Equal(
            WorkloadPhases.Classify(phase) == PhaseClass.OnTheWay,
            WorkloadPhases.IsRunning(phase) ^ WorkloadPhases.IsWaitingToRun(phase)));
    }
}
