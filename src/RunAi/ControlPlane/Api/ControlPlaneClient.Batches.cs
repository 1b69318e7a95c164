using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;
using RunAi.Json;

namespace RunAi.ControlPlane;

/// <content>One request for many workloads.</content>
internal sealed partial class ControlPlaneClient
{
    /// <summary>The most ids the API takes in one batch.</summary>
    public const int MostInABatch = 100;

    private const string BatchPath = Workloads + "/batch";

    /// <summary>
    /// Asks for an action on 1 to 100 workloads in one request; the effect comes later. The answer to one that is refused is its own
    /// failure: the others are acted on.
    /// </summary>
    /// <returns>The failures, each with the id as its target.</returns>
    /// <exception cref="RunAiApiException">The request as a whole failed.</exception>
    public async Task<IReadOnlyList<RunAiApiException>> ActOnManyAsync(
        WorkloadAction action, IReadOnlyCollection<string> workloadIds, CancellationToken ct)
    {
        var (word, verb) = Words(action);
        var request = new ApiRequest(HttpMethod.Post, BatchPath)
        {
            Body = WireJson.Write(new JObject { ["ids"] = new JArray(workloadIds), ["action"] = word }),
            Purpose = $"{verb} {workloadIds.Count} workloads",
            Repeatable = true,
        };
        var answer = await SendAsync(request, ct).ConfigureAwait(false);
        var batch = Map<BatchRecord>(request, answer, answer.Json);
        var failures = batch.Failed.Select(batchFailure => ApiErrors.OfBatch(Session, request, answer, verb, batchFailure)).ToList();
        if (batch.Succeeded is { } succeeded)
        {
            var told = new HashSet<string>(
                succeeded.Concat(batch.Failed.Select(batchFailure => batchFailure.Id)), StringComparer.OrdinalIgnoreCase);
            failures.AddRange(workloadIds.Where(id => !told.Contains(id)).Select(id => ApiErrors.OfBatch(
                Session, request, answer, verb, new BatchRecord.Failure { Id = id, Message = "the answer does not name it" })));
        }

        return failures;
    }

    private static (string Word, string Verb) Words(WorkloadAction action) => action switch
    {
        WorkloadAction.Suspend => ("suspend", "stop"),
        WorkloadAction.Resume => ("resume", "resume"),
        _ => ("delete", "delete"),
    };
}
