using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;
using RunAi.Json;
using RunAi.Redaction;

namespace RunAi.ControlPlane;

/// <content>
/// Trainings, distributed or not: create, read, delete, suspend, resume. Where the kind is not known, one is asked after the other: an id
/// of another kind is 404.
/// </content>
internal sealed partial class ControlPlaneClient
{
    /// <summary>Where trainings are created.</summary>
    public const string TrainingsPath = "/api/v1/workloads/trainings";

    /// <summary>Where distributed trainings are created.</summary>
    public const string DistributedPath = "/api/v1/workloads/distributed";

    /// <summary>Where trainings of a kind are.</summary>
    public static string PathOf(TrainingKind kind) => kind == TrainingKind.Distributed ? DistributedPath : TrainingsPath;

    /// <summary>
    /// Creates a training. Sent again only when it surely was not accepted (no connection, 429, 401); otherwise an unclear
    /// outcome is an exception whose <see cref="RunAiApiException.MayHaveHappened"/> is true.
    /// </summary>
    /// <param name="body">The request's body.</param>
    /// <param name="ct">Ends the request.</param>
    /// <param name="kind">The kind of training.</param>
    /// <param name="settingOf">What users call a field, for the error; null for the API's own names.</param>
    public async Task<TrainingRecord> CreateTrainingAsync(
        JObject body, CancellationToken ct, TrainingKind kind = TrainingKind.Standard, Func<string, string>? settingOf = null)
    {
        var name = (string?)body["name"];
        var request = new ApiRequest(HttpMethod.Post, PathOf(kind))
        {
            Body = WireJson.Write(body),
            Purpose = $"submit the workload '{name}'",
            Target = name,
            Submits = true,
            SettingOf = settingOf,
        };
        var answer = await SendAsync(request, ct).ConfigureAwait(false);
        var training = Map<TrainingRecord>(request, answer, answer.Json);
        if (training.WorkloadId.Length == 0)
        {
            throw ApiErrors.Unexpected(Session, request, answer, "it does not name the workload's id");
        }

        // A proxy that mixes answers up would give this run the workload of another one.
        return training.Name.Length == 0 || training.Name == name || training.RequestedName == name
            ? training
            : throw ApiErrors.Unexpected(Session, request, answer, $"it speaks of another workload, '{CleanText.Of(training.Name, 60)}'");
    }

    public async Task<TrainingRecord> GetTrainingAsync(string workloadId, CancellationToken ct, TrainingKind? kind = null)
    {
        var (request, answer) = await OfTrainingAsync(HttpMethod.Get, workloadId, "", "read", kind, ct).ConfigureAwait(false);
        var training = Map<TrainingRecord>(request, answer, answer.Json);
        return string.Equals(training.WorkloadId, workloadId, StringComparison.OrdinalIgnoreCase)
            ? training
            : throw ApiErrors.Unexpected(
                Session, request, answer, $"it speaks of another workload, '{CleanText.Of(training.WorkloadId, 60)}'");
    }

    /// <summary>Asks for deletion; the effect comes later.</summary>
    public Task DeleteTrainingAsync(string workloadId, CancellationToken ct, TrainingKind? kind = null) =>
        OfTrainingAsync(HttpMethod.Delete, workloadId, "", "delete", kind, ct);

    /// <summary>Asks for suspension; the effect comes later.</summary>
    public Task SuspendTrainingAsync(string workloadId, CancellationToken ct, TrainingKind? kind = null) =>
        OfTrainingAsync(HttpMethod.Post, workloadId, "/suspend", "stop", kind, ct);

    /// <summary>Asks for resumption; the effect comes later.</summary>
    public Task ResumeTrainingAsync(string workloadId, CancellationToken ct, TrainingKind? kind = null) =>
        OfTrainingAsync(HttpMethod.Post, workloadId, "/resume", "resume", kind, ct);

    /// <summary>Asks the endpoint of the kind, or of each kind until one knows the workload.</summary>
    private async Task<(ApiRequest Request, ApiAnswer Answer)> OfTrainingAsync(
        HttpMethod method, string workloadId, string action, string verb, TrainingKind? kind, CancellationToken ct)
    {
        try
        {
            return await AskAsync(kind ?? TrainingKind.Standard).ConfigureAwait(false);
        }
        catch (RunAiApiException unknown) when (kind is null && unknown.ErrorId == ErrorIds.WorkloadNotFound)
        {
            try
            {
                return await AskAsync(TrainingKind.Distributed).ConfigureAwait(false);
            }
            catch (RunAiApiException none) when (none.ErrorId == ErrorIds.WorkloadNotFound)
            {
                throw unknown;
            }
        }

        async Task<(ApiRequest, ApiAnswer)> AskAsync(TrainingKind trainingKind)
        {
            var request = OfWorkload(method, PathOf(trainingKind), workloadId, action, verb) with
            {
                WantsBody = method == HttpMethod.Get,
                Repeatable = true,
            };
            return (request, await SendAsync(request, ct).ConfigureAwait(false));
        }
    }

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
