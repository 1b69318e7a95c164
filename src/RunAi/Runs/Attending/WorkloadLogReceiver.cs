using RunAi.ControlPlane;
using RunAi.Operators;
using RunAi.Runs.Log;
using RunAi.Workloads;

namespace RunAi.Runs.Attending;

/// <summary>
/// Reads the log of any workload of the project through its cluster and, if that is wanted, follows it until the workload has ended.
/// </summary>
internal sealed class WorkloadLogReceiver
{
    private const int MostPods = 500;

    private readonly RunServices _services;
    private readonly StepOperatorConnection _connection;

    /// <param name="services">What the work takes from around it.</param>
    /// <param name="connection">The step operator's.</param>
    public WorkloadLogReceiver(RunServices services, StepOperatorConnection connection) =>
        (_services, _connection) = (services, connection);

    /// <summary>True to follow the log until the workload has ended.</summary>
    public bool Follows { get; init; }

    /// <summary>How many of the last lines to read; null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>Only lines of this last while; null for all.</summary>
    public TimeSpan? Since { get; init; }

    /// <summary>True for the container's instance before this one.</summary>
    public bool Previous { get; init; }

    /// <summary>True to have the time of each line.</summary>
    public bool Timestamps { get; init; }

    /// <summary>
    /// The pod, by its name or by what it is in a distributed workload, such as <c>worker-1</c>; null for the one that the cluster chooses.
    /// </summary>
    public string? Pod { get; init; }

    /// <summary>The container of the pod; null for the one that the cluster chooses.</summary>
    public string? Container { get; init; }

    /// <summary>The patience with the cluster.</summary>
    public ClusterLogOptions Options { get; init; } = new();

    /// <summary>Reads the log.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="tell">Gets each line, as the workload printed it.</param>
    /// <param name="ct">Ends the work; the workload goes on.</param>
    /// <exception cref="RunAiException">
    /// <see cref="ErrorIds.WorkloadNotFound"/>, <see cref="ErrorIds.ReplicaNotFound"/>, or <see cref="ErrorIds.ClusterApiUnreachable"/>
    /// unless the log is followed.
    /// </exception>
    public async Task ReadAsync(AwaitedWorkload workload, Action<LogLine> tell, CancellationToken ct)
    {
        var record = workload.Id is { } id
            ? await _connection.Client.GetWorkloadAsync(id, ct).ConfigureAwait(false)
            : await _connection.WorkloadAsync(workload.Name, ct).ConfigureAwait(false);
        var project = record.ProjectName.Length > 0 ? record.ProjectName : _connection.Operator.ProjectName;
        var source = new ClusterLogSource(
            _connection, record.Id, new WorkloadLogRequest(project, record.Type, record.DistributedFramework, record.Name)
            {
                Pod = Pod is null ? null : await PodAsync(record.Id, record.Name, Pod, ct).ConfigureAwait(false),
                Container = Container,
                Previous = Previous,
                Timestamps = Timestamps || Since is not null,
                Since = Since,
            });
        var lines = new ReceivedLines(tell, _services.Log)
        {
            Tail = Tail,
            HasTimes = Timestamps || Since is not null,
            Earliest = _connection.Client.Session.ServerTime - Since,
        };
        await (Follows && WorkloadPhases.Classify(record.Phase) is PhaseClass.Active or PhaseClass.Unknown
            ? FollowAsync(source, record.Id, record.Name, workload.Run, lines, ct)
            : ReadToEndAsync(source, lines, ct)).ConfigureAwait(false);
        lines.CaughtUp();
    }

    private async Task ReadToEndAsync(ClusterLogSource source, ReceivedLines lines, CancellationToken ct)
    {
        var reading = new ClusterLogReading(
            source, Options, _services.Time, (text, start) => lines.Take(new LogLine { Attempt = 1, Start = start, Text = text }));
        try
        {
            await reading.ReadAsync(Task.CompletedTask, ct).ConfigureAwait(false);
        }
        catch (ClusterApiException e)
        {
            throw new RunAiException(
                ErrorIds.ClusterApiUnreachable,
                $"The log of workload '{source.Request.Workload}' cannot be read: the cluster {e.Reason}. "
                + (e.Trouble == ClusterApiTrouble.NotReady ? "-Wait waits for it. " : "")
                + await source.OtherWaysAsync(ct).ConfigureAwait(false),
                e)
            {
                Target = source.Request.Workload,
            };
        }

        reading.Finish();
    }

    /// <summary>The end of the workload is seen at the control plane, which is only polled.</summary>
    private async Task FollowAsync(ClusterLogSource source, string id, string name, StepRun? run, ReceivedLines lines, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watched = run ?? new StepRun { WorkloadId = id, WorkloadName = name };
        var context = RunContext.WithoutRecord(_connection, _services.Time, _services.Log);
        var ended = new RunFollower(context, null) { IsOnlooker = true, WhileStopped = true }.WaitAsync(watched, over.Token);
        try
        {
            var follower = new ClusterLogFollower(source, _services.Time, _services.Log, Options)
            {
                Attempt = watched.Attempt,
                CaughtUp = lines.CaughtUp,
            };
            await follower.FollowAsync(lines.Take, ended, ct).ConfigureAwait(false);
            await ended.ConfigureAwait(false);
        }
        finally
        {
            over.Cancel();
        }
    }

    private async Task<string> PodAsync(string workloadId, string workload, string wanted, CancellationToken ct)
    {
        var pods = await _connection.Client.ListPodsAsync(workloadId, MostPods, ct).ConfigureAwait(false);
        var names = pods.OrderByDescending(pod => pod.CreatedAt).Select(pod => pod.Name).ToArray();
        return names.FirstOrDefault(name => name == wanted || name == $"{workload}-{wanted}" || name == $"{workload}-{wanted}-0")
            ?? throw new RunAiException(
                ErrorIds.ReplicaNotFound,
                $"The workload '{workload}' has no pod '{wanted}'. "
                + (names.Length == 0 ? "It has none yet." : $"It has {string.Join(", ", names.Take(20))}."))
            {
                Target = wanted,
            };
    }
}
