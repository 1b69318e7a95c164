using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Operators;
using RunAi.Workloads;

namespace RunAi.Runs.Log;

/// <summary>Where the log of one workload is read at its cluster, and what else there is to know of it.</summary>
internal sealed class ClusterLogSource
{
    private const int MostPods = 50;

    private readonly StepOperatorConnection _connection;
    private readonly string _workloadId;
    private readonly WorkloadLogRequest _request;
    private Uri? _address;

    /// <param name="connection">The step operator's.</param>
    /// <param name="workloadId">The workload's id.</param>
    /// <param name="request">Which log of it.</param>
    public ClusterLogSource(StepOperatorConnection connection, string workloadId, WorkloadLogRequest request) =>
        (_connection, _workloadId, _request) = (connection, workloadId, request);

    /// <summary>The log of the workload of a run.</summary>
    public static ClusterLogSource Of(StepOperatorConnection connection, StepRun run)
    {
        var project = run.ProjectName.Length > 0 ? run.ProjectName : connection.Operator.ProjectName;
        return new(
            connection, run.WorkloadId!, new WorkloadLogRequest(project, run.Kind.ToString(), run.DistributedFramework, run.WorkloadName));
    }

    public WorkloadLogRequest Request => _request;

    /// <summary>Opens the stream of the log, from its beginning.</summary>
    /// <exception cref="ClusterApiException">There is none; the exception says why.</exception>
    /// <exception cref="RunAiApiException">The control plane does not say where the cluster is, or gives no token.</exception>
    public async Task<IClusterStream> OpenAsync(TimeSpan patience, CancellationToken ct)
    {
        _address ??= ClusterApiRoutes.LogOf(await ClusterAsync(ct).ConfigureAwait(false), _request);
        return await _connection.Client.OpenClusterStreamAsync(_address, patience, ct).ConfigureAwait(false);
    }

    /// <summary>
    /// What tells one start of the workload's only pod from another: the pod and when its container started. Null where that is not known,
    /// or where there are several pods, of which the cluster chooses one.
    /// </summary>
    public async Task<string?> StartAsync(CancellationToken ct)
    {
        var pods = await _connection.Client.ListPodsAsync(_workloadId, MostPods, ct).ConfigureAwait(false);
        PodRecord[] live =
            [.. pods.Where(pod => pod.DeletedAt is null && (_request.Pod is null ? pod.CompletedAt is null : pod.Name == _request.Pod))];
        return live.Length == 1
            ? FormattableString.Invariant($"{live[0].Id} {live[0].Containers.Max(container => container.StartedAt):O}")
            : null;
    }

    /// <summary>The other ways to the log, in a sentence.</summary>
    public async Task<string> OtherWaysAsync(CancellationToken ct)
    {
        var ui = WorkloadUrl.Of(_connection.Operator.RunAiBaseUrl, _request.Workload);
        var project = await _connection.Client.GetProjectAsync(_connection.Operator.ProjectName, ct).ConfigureAwait(false);
        var ns = project.Status?.Namespace is { Length: > 0 } told ? told : $"runai-{_request.Project}";
        return $"Other ways: the user interface ({ui}); 'kubectl logs -n {ns} POD' with a pod of Get-RunAiWorkloadPod; or an "
            + "artifact store in the stack and a step with code, inputs, outputs or a base image, whose log needs no way to the cluster.";
    }

    /// <exception cref="ClusterApiException">It is not known where the cluster is.</exception>
    private async Task<Uri> ClusterAsync(CancellationToken ct)
    {
        var stepOperator = _connection.Operator;
        if (!string.IsNullOrEmpty(stepOperator.ClusterUrl))
        {
            return Parse(stepOperator.ClusterUrl!, "the operator's ClusterUrl");
        }

        var project = await _connection.Client.GetProjectAsync(stepOperator.ProjectName, ct).ConfigureAwait(false);
        var clusters = await _connection.Client.ListClustersAsync(ct).ConfigureAwait(false);
        var cluster = clusters.FirstOrDefault(c => string.Equals(c.Uuid, project.ClusterId, StringComparison.OrdinalIgnoreCase));
        return string.IsNullOrWhiteSpace(cluster?.Domain)
            ? throw new ClusterApiException(
                ClusterApiTrouble.NoAddress,
                $"{cluster?.Name ?? project.ClusterId} has no domain at the control plane that these credentials see; give its address "
                + $"with Set-RunAiStepOperator {stepOperator.Name} -ClusterUrl")
            : Parse(cluster!.Domain!, $"{cluster.Name}, whose domain");

        Uri Parse(string domain, string what)
        {
            var (address, fault) = ClusterDomain.Parse(domain, stepOperator.AllowInsecureHttp);
            return address
                ?? throw new ClusterApiException(ClusterApiTrouble.NoAddress, $"has an address that cannot be used: {what} {fault}");
        }
    }
}
