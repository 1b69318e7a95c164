using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;

namespace RunAi.ControlPlane;

/// <content>Projects, clusters and policies.</content>
internal sealed partial class ControlPlaneClient
{
    /// <summary>The projects of exactly this name. A name the filter cannot express is searched for and compared here.</summary>
    public async Task<IReadOnlyList<ProjectRecord>> FindProjectsAsync(string name, CancellationToken ct)
    {
        var found = Filter.CanExpress(name)
            ? await ListProjectsAsync([Filter.Equal("name", name)], null, ct).ConfigureAwait(false)
            : await ListProjectsAsync([], name, ct).ConfigureAwait(false);
        return [.. found.Where(project => string.Equals(project.Name, name, StringComparison.Ordinal))];
    }

    /// <summary>All projects the credentials can see, or those a free text matches.</summary>
    public Task<IReadOnlyList<ProjectRecord>> ListProjectsAsync(CancellationToken ct, string? search = null) =>
        ListProjectsAsync([], search, ct);

    /// <summary>
    /// The project of this name, remembered for some minutes. When there is none, or more than one, the exception says which
    /// there are.
    /// </summary>
    public async Task<ProjectRecord> GetProjectAsync(string name, CancellationToken ct)
    {
        if (Session.Projects.Find(name) is { } known)
        {
            return known;
        }

        var found = await FindProjectsAsync(name, ct).ConfigureAwait(false);
        if (found.Count != 1)
        {
            throw found.Count == 0
                ? ProjectErrors.NotFound(Session, name, await ListProjectsAsync(ct).ConfigureAwait(false))
                : ProjectErrors.Ambiguous(Session, name, found);
        }

        Session.Projects.Keep(name, found[0]);
        return found[0];
    }

    /// <summary>All clusters, remembered for some minutes.</summary>
    public async Task<IReadOnlyList<ClusterRecord>> ListClustersAsync(CancellationToken ct)
    {
        if (Session.Clusters.Find(All) is { } known)
        {
            return known;
        }

        // The one list of the API that is a bare array without pages.
        var request = new ApiRequest(HttpMethod.Get, "/api/v1/clusters") { Purpose = "list clusters" };
        var answer = await SendAsync(request, ct).ConfigureAwait(false);
        IReadOnlyList<ClusterRecord> clusters = Rows<ClusterRecord>(request, answer, answer.Json, "of clusters");
        Session.Clusters.Keep(All, clusters);
        return clusters;
    }

    /// <summary>The training policy in force in a project, or null when it has none; remembered for some minutes.</summary>
    public async Task<EffectivePolicy?> GetTrainingPolicyAsync(
        string projectId, CancellationToken ct, TrainingKind kind = TrainingKind.Standard)
    {
        var known = kind == TrainingKind.Distributed ? Session.DistributedPolicies : Session.Policies;
        if (known.Find(projectId) is not { } policy)
        {
            policy = await ReadPolicyAsync(projectId, kind, ct).ConfigureAwait(false);
            known.Keep(projectId, policy);
        }

        return ReferenceEquals(policy, EffectivePolicy.None) ? null : policy;
    }

    private async Task<EffectivePolicy> ReadPolicyAsync(string projectId, TrainingKind kind, CancellationToken ct)
    {
        var request = new ApiRequest(
            HttpMethod.Get, kind == TrainingKind.Distributed ? "/api/v2/policy/distributed" : "/api/v2/policy/trainings")
        {
            Query = new QueryText().Add("scope", "project").Add("projectId", projectId).ToString(),
            Purpose = "read the training policy of the project",
            Target = projectId,
        };
        var answer = await SendAsync(request, ct).OrNullIfNotFoundAsync().ConfigureAwait(false);
        return answer?.Json is JObject policy ? new EffectivePolicy(policy["effective"] as JObject) : EffectivePolicy.None;
    }

    private Task<IReadOnlyList<ProjectRecord>> ListProjectsAsync(string[] filters, string? search, CancellationToken ct) =>
        Page<ProjectRecord>.AllAsync(
            (offset, limit) => ReadPageAsync<ProjectRecord>(
                new ApiRequest(HttpMethod.Get, "/api/v1/org-unit/projects")
                {
                    Query = new QueryText().Add("offset", offset).Add("limit", limit).Add("sortOrder", "asc").Add("sortBy", "name")
                        .AddEncoded("filterBy", Filter.Join(filters)).Add("search", search).ToString(),
                    Purpose = "list projects",
                },
                "projects",
                ct),
            static project => project.Id);
}
