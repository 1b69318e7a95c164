using RunAi.ControlPlane;
using RunAi.Runs;

namespace RunAi.Preflight;

/// <summary>What would come of submitting a plan: the rules that refuse it, and how it stands in the node pools.</summary>
internal sealed class SubmissionForecast
{
    private readonly ControlPlaneClient _client;

    public SubmissionForecast(ControlPlaneClient client) => _client = client;

    /// <summary>The checks of policy, priority and placement. Nothing but reading is done, and what cannot be read is said.</summary>
    public async Task<IReadOnlyList<StepCheck>> ChecksAsync(StepPlan plan, CancellationToken ct)
    {
        var list = new CheckList(plan.Step.Name);

        // What is remembered of the project does not tell what of its quota is in use.
        var project = await list.TryAsync("Project", async () =>
        {
            var found = await _client.FindProjectsAsync(plan.Project.Name, ct).ConfigureAwait(false);
            return found.FirstOrDefault(item => item.Id == plan.Project.Id) ?? plan.Project;
        }).ConfigureAwait(false);
        var checks = new ProjectChecks(_client, project ?? plan.Project, plan.Parts, list);
        checks.Policy(plan.Settings.HasTemplate);
        var priority = await list.TryAsync("Priority", () => checks.PriorityAsync(ct)).ConfigureAwait(false);
        await list.TryAsync("Placement", () => checks.PlacementAsync(priority, ct)).ConfigureAwait(false);
        return list.Checks;
    }

    /// <summary>What a plan asks of the node pools, to ask for plans that ask for the same once.</summary>
    public static string ShapeOf(StepPlan plan) =>
        string.Join("\n", plan.Parts.Select(part => part.Policy.Complete(part.Spec))
            .Select(spec => $"{spec["compute"]}{spec["nodePools"]}{spec["numWorkers"]}"));

    /// <summary>
    /// Why no node pool that a plan may run in can ever take it, in a sentence with what to do; null where one may, or nobody can tell. A
    /// step that asks for one device at the most is not looked into, so that it costs one request.
    /// </summary>
    public async Task<string?> NeverFitsAsync(StepPlan plan, CancellationToken ct)
    {
        if (plan.Parts.All(part => GpuRequest.Of(part.Policy.Complete(part.Spec)) is { Devices: <= 1, DeviceBytes: null }))
        {
            return null;
        }

        var list = new CheckList(plan.Step.Name);
        await list.TryAsync(
            "Placement", () => new ProjectChecks(_client, plan.Project, plan.Parts, list).PlacementAsync(null, ct)).ConfigureAwait(false);
        StepCheck[] placements = [.. list.Checks.Where(check => check.Standing is not null)];
        return placements.Length > 0 && placements.All(check => check.Standing == PlacementStanding.NeverFits)
            ? string.Join(" ", placements.Select(check => $"In {check.Scope}: {check.Message}. {check.Remedy}".TrimEnd()))
            : null;
    }

    /// <summary>The checks as lines for people.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<StepCheck> checks)
    {
        var refusals = checks.Where(check => check is { Name: "Policy", Status: StepCheckStatus.Failed }).ToArray();
        return refusals.Length == 0
            ? checks.Where(check => check.Name != "Priority" || check.Status != StepCheckStatus.Passed).Select(Line)
            : [
                $"The project's policy would refuse it:", .. refusals.Select(check => "  " + check.Text),
                .. checks.Where(check => check.Name == "Placement").Select(Line)];
    }

    private static string Line(StepCheck check) =>
        $"{(check.Status is StepCheckStatus.Passed or StepCheckStatus.Warning ? check.Name : $"{check.Name} ({check.Status})")}: "
        + $"{check.Text}";
}
