using RunAi.Content;
using RunAi.ControlPlane;
using RunAi.Redaction;
using RunAi.Workloads;

namespace RunAi.Diagnosis;

/// <summary>
/// Reads all evidence on a workload: one request for each kind, all at once. A kind that cannot be read is named, the rest counts.
/// </summary>
internal sealed class EvidenceReader
{
    private const int MostEvents = 200;
    private const int MostHistory = 500;
    private const int MostPods = 50;

    private readonly ControlPlaneClient _client;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;

    /// <param name="client">The control plane.</param>
    /// <param name="time">The clock that patience is measured by.</param>
    /// <param name="patience">How long an answer is waited for.</param>
    public EvidenceReader(ControlPlaneClient client, TimeProvider time, TimeSpan patience)
    {
        _client = client;
        _time = time;
        _patience = patience;
    }

    /// <summary>Reads the evidence.</summary>
    /// <param name="seen">The workload as the asker saw it last; it stands where the control plane does not tell better.</param>
    /// <param name="hints">What the asker knows.</param>
    /// <param name="mustExist">True when a workload that is not there, or may not be seen, is a failure and no finding.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<DiagnosisInput> ReadAsync(Workload seen, DiagnosisHints hints, bool mustExist, CancellationToken cancellationToken)
    {
        using var limit = new StallTimer(_time, _patience, cancellationToken);
        var id = seen.WorkloadId;
        List<string> unread = [];
        var reading = (
            Workload: TryAsync("the workload", token => _client.GetWorkloadAsync(id, token)),
            Events: TryAsync("its events", token => _client.ListEventsAsync(id, MostEvents, token)),
            History: TryAsync("its history", token => _client.ListHistoryAsync(id, MostHistory, token)),
            Pods: TryAsync("its pods", token => _client.ListPodsAsync(id, MostPods, token)));
        var record = await reading.Workload.ConfigureAwait(false);
        var events = (await reading.Events.ConfigureAwait(false) ?? []).Select(e => e.ToEvent(id)).ToArray();
        var history = (await reading.History.ConfigureAwait(false) ?? []).Select(e => e.ToEntry(id)).ToArray();
        var pods = (await reading.Pods.ConfigureAwait(false) ?? []).Select(p => p.ToPod(id)).ToArray();

        // An outcome that was decided by an earlier poll is judged by that poll: it may have been suspended for it since.
        var workload = record is null || hints.RanOut is not null || hints.IsGone ? seen : record.ToWorkload(_client.Session.BaseUrl);
        workload.Url ??= seen.Url;
        var records = EvidenceRecords.Of(workload, record, events, history, pods, hints);
        return new DiagnosisInput(workload, records, history, hints, unread) { Events = [.. events.OrderBy(e => e.Time)] };

        async Task<T?> TryAsync<T>(string what, Func<CancellationToken, Task<T>> read)
            where T : class
        {
            try
            {
                return await read(limit.Token).ConfigureAwait(false);
            }
            catch (RunAiException failure) when (!mustExist || failure.ErrorId
                is not (ErrorIds.WorkloadNotFound or ErrorIds.PermissionDenied or ErrorIds.AuthenticationFailed))
            {
                Note($"{what} ({CleanText.Of(failure.Message.Trim().Split('\n')[0], 300)})");
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                Note($"{what} (no answer within {_patience.TotalSeconds:0} seconds)");
            }

            return null;
        }

        void Note(string what)
        {
            lock (unread)
            {
                unread.Add(what);
            }
        }
    }
}
