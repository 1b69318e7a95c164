using RunAi.Policies;
using RunAi.Specs;
using RunAi.Steps;

namespace RunAi.Tests.Specs;

/// <summary>Builds requests of steps as they are written.</summary>
internal static class SpecRequests
{
    public static TrainingSpec Build(
        Step step,
        StepSettings settings,
        SubmissionDestination destination,
        string runId,
        PolicyView policy,
        RunnerLaunch? launch = null,
        PolicyView? masterPolicy = null) =>
        new SpecRequest(ParsedStep.Read(step, settings), destination, runId)
        {
            Policy = policy,
            MasterPolicy = masterPolicy ?? PolicyView.None,
            Launch = launch,
        }.Build();
}
