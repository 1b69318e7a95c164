using RunAi.Runs;

namespace RunAi.Tests.Runs;

/// <summary>Plans and submits steps as they are written.</summary>
internal static class StepSubmissions
{
    public static Task<StepPlan> PlanAsync(this StepSubmitter submitter, Step step, string runId, CancellationToken ct) =>
        submitter.PlanAsync(PreparedStep.Read(step, submitter.Operator), runId, ct);

    /// <summary>Submits a run that nobody else knows of yet.</summary>
    public static Task<StepRun?> SubmitAsync(
        this StepSubmitter submitter, Step step, string runId, Func<StepPlan, Task<bool>> confirm, CancellationToken ct) =>
        submitter.SubmitAsync(step, new RunRequest(runId), confirm, ct);

    public static Task<StepRun?> SubmitAsync(
        this StepSubmitter submitter, Step step, RunRequest request, Func<StepPlan, Task<bool>> confirm, CancellationToken ct) =>
        submitter.SubmitAsync(PreparedStep.Read(step, submitter.Operator), request, confirm, ct);
}
