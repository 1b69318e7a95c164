using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;

namespace RunAi.ControlPlane;

/// <content>Trainings: create, read, delete, suspend, resume.</content>
internal sealed partial class ControlPlaneClient
{
    /// <summary>Where trainings are created.</summary>
    public const string TrainingsPath = "/api/v1/workloads/trainings";

    /// <summary>
    /// Creates a training. Sent again only when it surely was not accepted (no connection, 429, 401); otherwise an unclear
    /// outcome is an exception whose <see cref="RunAiApiException.MayHaveHappened"/> is true.
    /// </summary>
    public async Task<TrainingRecord> CreateTrainingAsync(JObject body, CancellationToken ct)
    {
        var name = (string?)body["name"];
        var request = new ApiRequest(HttpMethod.Post, TrainingsPath)
        {
            Body = WireJson.Write(body),
            Purpose = $"submit the workload '{name}'",
            Target = name,
            Submits = true,
        };
        var answer = await SendAsync(request, ct).ConfigureAwait(false);
        var training = Map<TrainingRecord>(request, answer, answer.Json);
        if (training.WorkloadId.Length == 0)
        {
            throw ApiFailure.Unexpected(Session, request, answer, "it does not name the workload's id");
        }

        // A proxy that mixes answers up would give this run the workload of another one.
        return training.Name.Length == 0 || training.Name == name || training.RequestedName == name
            ? training
            : throw ApiFailure.Unexpected(Session, request, answer, $"it speaks of another workload, '{CleanText.Of(training.Name, 60)}'");
    }

    public async Task<TrainingRecord> GetTrainingAsync(string workloadId, CancellationToken ct)
    {
        var request = OfTraining(HttpMethod.Get, workloadId, "", "read");
        var answer = await SendAsync(request, ct).ConfigureAwait(false);
        var training = Map<TrainingRecord>(request, answer, answer.Json);
        return string.Equals(training.WorkloadId, workloadId, StringComparison.OrdinalIgnoreCase)
            ? training
            : throw ApiFailure.Unexpected(Session, request, answer, $"it speaks of another workload, '{CleanText.Of(training.WorkloadId, 60)}'");
    }

    /// <summary>Asks for deletion; the effect comes later.</summary>
    public Task DeleteTrainingAsync(string workloadId, CancellationToken ct) =>
        SendAsync(OfTraining(HttpMethod.Delete, workloadId, "", "delete"), ct);

    /// <summary>Asks for suspension; the effect comes later.</summary>
    public Task SuspendTrainingAsync(string workloadId, CancellationToken ct) =>
        SendAsync(OfTraining(HttpMethod.Post, workloadId, "/suspend", "stop"), ct);

    /// <summary>Asks for resumption; the effect comes later.</summary>
    public Task ResumeTrainingAsync(string workloadId, CancellationToken ct) =>
        SendAsync(OfTraining(HttpMethod.Post, workloadId, "/resume", "resume"), ct);

    private static ApiRequest OfTraining(HttpMethod method, string workloadId, string action, string verb) =>
        OfWorkload(method, TrainingsPath, workloadId, action, verb) with { WantsBody = method == HttpMethod.Get, Repeatable = true };

    private static ApiRequest OfWorkload(HttpMethod method, string root, string workloadId, string rest, string verb)
    {
        // A blank or dotted id would name another path than a workload's.
        if (workloadId.Trim('.', ' ').Length == 0)
        {
            throw new RunAiException(ErrorIds.WorkloadNotFound, $"'{workloadId}' is no workload id. Expected a UUID.")
            {
                Target = workloadId,
            };
        }

        return new ApiRequest(method, $"{root}/{Uri.EscapeDataString(workloadId)}{rest}")
        {
            Purpose = $"{verb} the workload {CleanText.Of(workloadId, 60)}",
            Target = workloadId,
            NamesWorkload = true,
        };
    }
}
