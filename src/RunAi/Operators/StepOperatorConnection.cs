using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;

namespace RunAi.Operators;

/// <summary>A step operator with its session: what the work of one command goes through.</summary>
internal sealed class StepOperatorConnection
{
    public StepOperatorConnection(StepOperator stepOperator, ControlPlaneClient client)
    {
        Operator = stepOperator;
        Client = client;
    }

    public StepOperator Operator { get; }

    public ControlPlaneClient Client { get; }

    /// <summary>The same connection, telling what it does to another log.</summary>
    public StepOperatorConnection WithLog(IActivityLog log) => new(Operator, Client.WithLog(log));

    /// <summary>The operator's project, from the session's memory while that is fresh.</summary>
    /// <exception cref="RunAiException">
    /// <see cref="ErrorIds.ProjectNotFound"/>, or <see cref="ErrorIds.ClusterNotFound"/> when the operator names another cluster than
    /// the project's.
    /// </exception>
    public async Task<ProjectRecord> ProjectAsync(CancellationToken cancellationToken)
    {
        var project = await Client.GetProjectAsync(Operator.ProjectName, cancellationToken).ConfigureAwait(false);
        if (Operator.ClusterName is { } wanted)
        {
            await CheckClusterAsync(project, wanted, cancellationToken).ConfigureAwait(false);
        }

        return project;
    }

    /// <summary>The name of a cluster, null when the credentials do not see it.</summary>
    public async Task<string?> ClusterNameAsync(string clusterId, CancellationToken cancellationToken) =>
        (await ClusterNamesAsync(cancellationToken).ConfigureAwait(false))(clusterId);

    /// <summary>Looks up the names of clusters by their ids, as far as these credentials see them.</summary>
    public async Task<Func<string, string?>> ClusterNamesAsync(CancellationToken cancellationToken)
    {
        try
        {
            var clusters = await Client.ListClustersAsync(cancellationToken).ConfigureAwait(false);
            return id => clusters.FirstOrDefault(cluster => string.Equals(cluster.Uuid, id, StringComparison.OrdinalIgnoreCase))?.Name;
        }
        catch (RunAiApiException e) when (e.ErrorId == ErrorIds.PermissionDenied)
        {
            return static _ => null;
        }
    }

    /// <summary>The id of a workload that is given by id, or by name alone.</summary>
    /// <exception cref="RunAiApiException"><see cref="ErrorIds.WorkloadNotFound"/>.</exception>
    public async Task<string> WorkloadIdAsync(string? id, string name, CancellationToken cancellationToken) =>
        id ?? (await WorkloadAsync(name, cancellationToken).ConfigureAwait(false)).Id;

    /// <summary>The workload of a name.</summary>
    /// <exception cref="RunAiApiException"><see cref="ErrorIds.WorkloadNotFound"/>.</exception>
    public async Task<WorkloadRecord> WorkloadAsync(string name, CancellationToken cancellationToken)
    {
        var project = await ProjectAsync(cancellationToken).ConfigureAwait(false);
        var named = await Client.FindWorkloadsAsync(name, project.Id, cancellationToken).ConfigureAwait(false);
        return named.Count > 0 ? named[0] : throw WorkloadCatalog.NotFound(name, Operator);
    }

    private async Task CheckClusterAsync(ProjectRecord project, string wanted, CancellationToken cancellationToken)
    {
        var clusters = await Client.ListClustersAsync(cancellationToken).ConfigureAwait(false);
        var named = clusters.FirstOrDefault(c => c.Name == wanted);
        if (named is null || named.Uuid != project.ClusterId)
        {
            throw StepOperatorErrors.WrongCluster(
                Operator, clusters.FirstOrDefault(c => c.Uuid == project.ClusterId)?.Name, named is not null);
        }
    }
}
