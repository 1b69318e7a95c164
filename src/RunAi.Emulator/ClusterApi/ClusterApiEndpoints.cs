using System.Net.WebSockets;
using RunAi.Emulator.Execution;
using RunAi.Emulator.Faults;
using RunAi.Emulator.Security;
using RunAi.Emulator.State;

namespace RunAi.Emulator.ClusterApi;

/// <summary>
/// What a cluster serves itself under /cluster-api, as NVIDIA's guide tells: its status and the logs of its workloads. One emulator is
/// control plane and cluster.
/// </summary>
internal static class ClusterApiEndpoints
{
    private const string Log = "/cluster-api/api/v1/{project}/workloads/{type}/{framework}/{workload}/logs";
    private const string NotReady = "workload is not ready to stream: pod is not ready";
    private const string NotFound = "one of requested resource was not found";

    public static void MapClusterApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cluster-api/status", () => Results.Text("OK"));
        routes.MapGet(Log, StreamAsync);
        routes.MapGet(Log + "/download", DownloadAsync);
    }

    private static async Task StreamAsync(
        string project, string type, string framework, string workload, HttpContext context, ControlPlane plane, TokenIssuer issuer)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await RefuseAsync(context, 400, "the client is not using the websocket protocol").ConfigureAwait(false);
            return;
        }

        var options = LogOptions.Read(context.Request.Query, plane.Clock.GetUtcNow());
        var (pod, log, status, refusal) = plane.Read(_ => Find(plane, project, type, framework, workload, options));
        if (log is null)
        {
            await RefuseAsync(context, status, refusal).ConfigureAwait(false);
            return;
        }

        var faults = context.Items[FaultMiddleware.StreamFaults] as IReadOnlyList<FaultRule> ?? [];
        var authorization = context.Request.Headers.Authorization.ToString();
        using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        _ = WatchAsync(socket, gone);
        try
        {
            var stream = new LogStream(socket, log, options, faults, plane.Clock);
            bool HasEnded() => plane.Read(_ => pod!.CompletedAt is not null);
            if (await stream.RunAsync(HasEnded, () => issuer.Objection(authorization) is not null, gone.Token).ConfigureAwait(false))
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", gone.Token).ConfigureAwait(false);
            }
            else
            {
                context.Abort();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            context.Abort();
        }
    }

    private static async Task DownloadAsync(
        string project, string type, string framework, string workload, HttpContext context, ControlPlane plane)
    {
        var options = LogOptions.Read(context.Request.Query, plane.Clock.GetUtcNow());
        var (_, log, status, refusal) = plane.Read(_ => Find(plane, project, type, framework, workload, options));
        if (log is null)
        {
            await RefuseAsync(context, status, refusal).ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.Body.WriteAsync(log.Read(0, int.MaxValue), context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The log that is meant, or why there is none.</summary>
    private static (Pod? Pod, PodLog? Log, int Status, string Refusal) Find(
        ControlPlane plane, string project, string type, string framework, string name, LogOptions options)
    {
        var owner = plane.Organisation.Projects.FirstOrDefault(p => p.Name == project);
        var workload = plane.Workloads.Live.LastOrDefault(w => w.ProjectId == owner?.Id && w.Name == name);
        if (workload is null || type != "training" || framework != (workload.Framework?.ToLowerInvariant() ?? "runai")
            || (options.Container is not null && options.Container != workload.Name))
        {
            return (null, null, 404, NotFound);
        }

        // Without a name it is the leader: the master, or the first pod.
        Pod[] leaders = [.. workload.Pods.Where(pod => pod.StartedAt is not null
            && (options.Pod is null ? IsLeader(workload, pod) : pod.Name == options.Pod))];
        if (workload.IsFinished || leaders.Any(pod => pod.IsStarted))
        {
            var at = leaders.Length - (options.Previous ? 2 : 1);
            if (at >= 0 && plane.Executor.LogOf(workload.Id, leaders[at]) is { } log)
            {
                return (leaders[at], log, 200, "");
            }

            return options.Previous ? (null, null, 400, "previous terminated container not found")
                : (null, null, 404, leaders.Length == 0
                    ? "pod not found"
                    : "unable to retrieve container logs for containerd://" + leaders[^1].Id.ToString("N"));
        }

        return workload.Phase is Phase.Stopped or Phase.Stopping or Phase.Deleting
            || (options.Pod is not null && leaders.Length == 0 && workload.Pods.Count > 0)
            ? (null, null, 404, "pod not found")
            : (null, null, 400, NotReady);
    }

    private static bool IsLeader(Workload workload, Pod pod) =>
        pod.Index == 0 && (pod.Role is null or PodRole.Master or PodRole.Launcher || !workload.HasMaster);

    private static async Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(message + "\n", context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Reads what the client sends, which is nothing but its close.</summary>
    private static async Task WatchAsync(WebSocket socket, CancellationTokenSource gone)
    {
        try
        {
            var sent = new byte[256];
            while ((await socket.ReceiveAsync(sent.AsMemory(), gone.Token).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
            {
            }

            await gone.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            await Cancel(gone).ConfigureAwait(false);
        }
    }

    private static async Task Cancel(CancellationTokenSource gone)
    {
        try
        {
            await gone.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // The stream has ended before its client went.
        }
    }
}
