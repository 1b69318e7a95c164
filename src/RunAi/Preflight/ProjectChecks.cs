using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Specs;

namespace RunAi.Preflight;

/// <summary>Holds a spec to what its project allows and has: policy, priority, quota and room in the node pools.</summary>
internal sealed class ProjectChecks
{
    private const int NonPreemptibleFrom = 100;

    private readonly ControlPlaneClient _client;
    private readonly ProjectRecord _project;
    private readonly IReadOnlyList<SpecPart> _parts;
    private readonly JObject _complete;
    private readonly CheckList _list;

    /// <param name="client">Whom to ask.</param>
    /// <param name="project">The project, read just now.</param>
    /// <param name="parts">The specs as they would be sent, each with its policy.</param>
    /// <param name="list">Where the checks go.</param>
    public ProjectChecks(ControlPlaneClient client, ProjectRecord project, IReadOnlyList<SpecPart> parts, CheckList list)
    {
        _client = client;
        _project = project;
        _parts = parts;
        _complete = parts[0].Policy.Complete(parts[0].Spec);
        _list = list;
    }

    /// <summary>One line for each rule that would refuse a spec.</summary>
    /// <param name="hasTemplate">True when a template fills in fields that are not known here.</param>
    public void Policy(bool hasTemplate)
    {
        var refusals = _parts.SelectMany(part => part.Policy.Check(part.Spec)
            .Select(refusal => (part.Replica, Refusal: refusal))).ToArray();
        foreach (var (replica, refusal) in refusals)
        {
            var isOpen = hasTemplate && refusal.Rule == "required";
            string?[] scope = [refusal.Rule, refusal.Source?.ToString(), replica.Length > 0 ? replica : null];
            _list.Add(
                "Policy", isOpen ? StepCheckStatus.Warning : StepCheckStatus.Failed,
                isOpen ? refusal.Message + ", which the template has to bring" : refusal.Message, refusal.Setting,
                string.Join(", ", scope.OfType<string>()), refusal.Remedy);
        }

        if (refusals.Length == 0)
        {
            var imposed = _parts[0].Policy.ImposedAssets is { Count: > 0 } assets
                ? $"; it mounts {string.Join(", ", assets)} into every workload"
                : "";
            _list.Pass(
                "Policy",
                (_parts.All(part => part.Policy.IsEmpty) ? "The project has no policy" : "The project's policy lets it through") + imposed);
        }
    }

    /// <summary>Whether the priority is one of the control plane's; the priority where it is.</summary>
    public async Task<PriorityRecord?> PriorityAsync(CancellationToken ct)
    {
        if ((string?)_complete["priorityClass"] is not { } wanted)
        {
            _list.Pass("Priority", "The default of trainings");
            return null;
        }

        var known = await _client.ListPrioritiesAsync(ct).ConfigureAwait(false);
        var found = known.FirstOrDefault(priority => priority.Name == wanted);
        if (found is null)
        {
            _list.Add(
                "Priority", StepCheckStatus.Failed, $"'{wanted}' is no priority of this control plane", nameof(StepSettings.PriorityClass),
                remedy: $"Give one of {string.Join(", ", known.OrderBy(priority => priority.Value).Select(priority => priority.Name))}.");
        }
        else
        {
            _list.Pass("Priority", $"{wanted} ({found.Value})");
        }

        return found;
    }

    /// <summary>One line for each node pool that the step would be tried in.</summary>
    public async Task PlacementAsync(PriorityRecord? priority, CancellationToken ct)
    {
        var asked = (_complete["nodePools"] as JArray ?? []).Select(name => (string)name!).ToArray();
        var known = await _client.ListNodePoolsAsync(ct).ConfigureAwait(false);
        var there = known.Where(pool => pool.ClusterId == _project.ClusterId).Select(pool => pool.Name).ToArray();
        var (exist, others) = (PlacementReader.PoolsOf(asked, _project).Where(there.Contains).ToArray(), asked.Except(there).ToArray());
        foreach (var other in others)
        {
            _list.Add(
                "Placement", StepCheckStatus.Failed, $"the project's cluster has no node pool '{other}'", nameof(StepSettings.NodePools),
                remedy: $"It has {string.Join(", ", there)}.");
        }

        var request =
            GpuRequest.Of(_complete) with { Others = [.. _parts.Skip(1).Select(part => GpuRequest.Of(part.Policy.Complete(part.Spec)))] };
        var isPreemptible = (string?)_complete["preemptibility"] is { } said
            ? said == "preemptible"
            : !(priority?.Value >= NonPreemptibleFrom);
        var (pools, unknown) = await new PlacementReader(_client).ReadAsync(_project, exist, ct).ConfigureAwait(false);
        Add([.. pools.Select(pool => (pool.Name, Placement.Of(request, isPreemptible, pool)))]);
        if (unknown is not null)
        {
            _list.Skip("Placement", $"Whether nodes have room is not known: {unknown}");
        }
    }

    /// <summary>A pool that cannot take the step fails it only where no other can.</summary>
    private void Add(IReadOnlyList<(string Pool, Placement Placement)> placements)
    {
        var isLost = !placements.Any(placed => placed.Placement.IsPossible);
        foreach (var (pool, placement) in placements)
        {
            var status = placement.Standing switch
            {
                PlacementStanding.WithinQuota => StepCheckStatus.Passed,
                PlacementStanding.NeverFits when isLost => StepCheckStatus.Failed,
                _ => StepCheckStatus.Warning,
            };
            _list.Add("Placement", status, placement.Message, placement.Field, $"node pool {pool}", placement.Remedy).Standing =
                placement.Standing;
        }
    }
}
