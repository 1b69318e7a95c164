using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Steps;
using RunAi.Workloads;

namespace RunAi.Runs;

/// <summary>Finds out what became of a submission whose answer was lost, or whose name is taken.</summary>
internal sealed class CreateReconciler
{
    /// <summary>
    /// The pauses before each request: creating is asynchronous, and the list may show a workload a little after the request.
    /// </summary>
    public static readonly IReadOnlyList<TimeSpan> Patience = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3)];

    private readonly ControlPlaneClient _client;
    private readonly TimeProvider _time;

    public CreateReconciler(RunContext context) => (_client, _time) = (context.Client, context.Time);

    /// <summary>The run's workload when there is one; null when it is certain enough that there is none.</summary>
    /// <exception cref="RunAiException">Another run has the name, or the control plane cannot be asked.</exception>
    public Task<TrainingRecord?> FindAsync(WorkloadKey target, RunAiException cause, CancellationToken cancellationToken) =>
        FindAsync(target, cause, Patience, cancellationToken);

    /// <summary>
    /// The same before anything is sent by this submission: at once, or as often as a request of an earlier one may need to show.
    /// </summary>
    public Task<TrainingRecord?> FindEarlierAsync(WorkloadKey target, bool wasClaimed, CancellationToken cancellationToken) =>
        FindAsync(target, null, wasClaimed ? Patience : [TimeSpan.Zero], cancellationToken);

    private async Task<TrainingRecord?> FindAsync(
        WorkloadKey target, RunAiException? cause, IReadOnlyList<TimeSpan> patience, CancellationToken cancellationToken)
    {
        foreach (var pause in patience)
        {
            await _time.DelayAsync(pause, cancellationToken).ConfigureAwait(false);
            if (await LookUpAsync(target, cause, cancellationToken).ConfigureAwait(false) is { } found
                && !(cause is { ErrorId: ErrorIds.WorkloadNameTaken } && found.ActualPhase == WorkloadPhases.Deleting))
            {
                return IsOurs(found, target) ? found : throw Taken(target);
            }
        }

        return null;
    }

    /// <summary>The failure when nobody can tell whether the workload exists.</summary>
    public static RunAiException Uncertain(WorkloadKey target, RunAiException cause) => new(
        ErrorIds.SubmissionUncertain,
        $"Whether workload '{target.WorkloadName}' was created is not known: {cause.Message} It may exist and run. When the control "
        + $"plane answers again, look with: Get-RunAiWorkload {target.WorkloadName}  and remove it with: Remove-RunAiWorkload "
        + $"{target.WorkloadName}",
        cause)
    {
        Target = target.WorkloadName,
    };

    private async Task<TrainingRecord?> LookUpAsync(WorkloadKey target, RunAiException? cause, CancellationToken cancellationToken)
    {
        try
        {
            // Listed, it may be gone again before the second request.
            var named = await _client.FindWorkloadsAsync(target.WorkloadName, target.ProjectId, cancellationToken)
                .OrNullIfNotFoundAsync().ConfigureAwait(false);
            return named is not { Count: > 0 }
                ? null
                : await _client.GetTrainingAsync(named[0].Id, cancellationToken, target.Kind).OrNullIfNotFoundAsync().ConfigureAwait(false);
        }
        catch (RunAiApiException) when (cause is not null)
        {
            throw Uncertain(target, cause);
        }
    }

    /// <summary>A policy may forbid labels; then the part of the run id in the name has to do.</summary>
    private static bool IsOurs(TrainingRecord training, WorkloadKey target) => (RunIdOf(training) ?? target.RunId) == target.RunId;

    /// <summary>The run that a workload's label names; null when it has none, is no training or is gone.</summary>
    public static async Task<string?> FindRunIdAsync(
        ControlPlaneClient client, string workloadId, TrainingKind? kind, CancellationToken ct)
    {
        var training = await client.GetTrainingAsync(workloadId, ct, kind).OrNullIfNotFoundAsync().ConfigureAwait(false);
        return training is null ? null : RunIdOf(training);
    }

    /// <summary>The run that a workload's label names; null when it has none.</summary>
    public static string? RunIdOf(TrainingRecord training) =>
        (training.Spec?["labels"] as JArray)?.OfType<JObject>()
            .Where(label => (string?)label["name"] == RunLabels.RunId)
            .Select(label => (string?)label["value"])
            .FirstOrDefault();

    private static RunAiException Taken(WorkloadKey target) => new(
        ErrorIds.WorkloadNameTaken,
        $"Another workload of project '{target.ProjectName}' is named '{target.WorkloadName}' and belongs to another run. Submit the step "
        + "again: each submission takes a new name.")
    {
        Target = target.WorkloadName,
    };
}
