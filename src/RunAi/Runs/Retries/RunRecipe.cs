using Newtonsoft.Json.Linq;
using RunAi.ControlPlane.Wire;
using RunAi.RunManifest;
using RunAi.Specs;
using RunAi.Workloads;

namespace RunAi.Runs.Retries;

/// <summary>
/// All it takes to make another attempt of a run on any machine: the request, and what goes into the manifest. It is kept with the run's
/// record. It holds no signature: addresses are signed anew for each attempt.
/// </summary>
internal sealed class RunRecipe
{
    public const int CurrentVersion = 1;

    public int Version { get; set; } = CurrentVersion;

    public string StepName { get; set; } = "";

    public string ProjectId { get; set; } = "";

    public string ProjectName { get; set; } = "";

    public string ClusterId { get; set; } = "";

    /// <summary>The body of the request.</summary>
    public JObject Request { get; set; } = [];

    /// <summary>Image and inputs of a step under the step runner; null for any other.</summary>
    public RunContent? Materials { get; set; }

    public string Image { get; set; } = "";

    public string[] Command { get; set; } = [];

    public string[] Output { get; set; } = [];

    public bool Checkpoint { get; set; }

    /// <summary>What the manifest and the endpoint depend on of a distributed step; null for any other.</summary>
    public StepDistribution? Distribution { get; set; }

    public TimeSpan? PendingTimeout { get; set; }

    public TimeSpan? WorkloadTimeout { get; set; }

    public TimeSpan? RunTimeout { get; set; }

    public TimeSpan? Deadline { get; set; }

    public RunGuards? Guards { get; set; }

    /// <summary>The recipe of a plan.</summary>
    public static RunRecipe Of(StepPlan plan, RunContent? content) => new()
    {
        StepName = plan.Step.Name,
        ProjectId = plan.Project.Id,
        ProjectName = plan.Project.Name,
        ClusterId = plan.Project.ClusterId,
        Request = plan.Spec.Shown(),
        Materials = content,
        Image = plan.Image,
        Command = plan.Step.Command,
        Output = plan.Step.Output,
        Checkpoint = plan.Step.Checkpoint,
        Distribution = plan.Step.Distribution?.WithoutSpec(),
        PendingTimeout = plan.PendingTimeout,
        WorkloadTimeout = plan.WorkloadTimeout,
        RunTimeout = plan.RunTimeout,
        Deadline = plan.Deadline,
        Guards = plan.Guards,
    };

    /// <summary>The plan it was made of, for a run's next attempts.</summary>
    public StepPlan ToPlan(string runId)
    {
        var step = new Step
        {
            Name = StepName,
            Image = Image,
            Command = Command,
            Output = Output,
            Checkpoint = Checkpoint,
            Distribution = Distribution,
        };
        var project = new ProjectRecord { Id = ProjectId, Name = ProjectName, ClusterId = ClusterId };
        return new StepPlan(step, new StepSettings(), runId, project, (launch, attempt) => Spec(runId, launch, attempt))
        {
            PendingTimeout = PendingTimeout,
            WorkloadTimeout = WorkloadTimeout,
            RunTimeout = RunTimeout,
            Deadline = Deadline,
            Guards = Guards,
        };
    }

    private TrainingSpec Spec(string runId, RunnerLaunch? launch, int attempt)
    {
        var body = (JObject)Request.DeepClone();
        body["name"] = WorkloadName.Create(WorkloadName.DefaultPrefix, StepName, runId, attempt);
        foreach (var spec in TrainingSpec.Specs(body))
        {
            var variables = (spec["environmentVariables"] as JArray ?? []).OfType<JObject>();
            if (launch is not null
                && variables.LastOrDefault(variable => (string?)variable["name"] == Manifest.AddressVariable) is { } address)
            {
                address["value"] = launch.ManifestAddress;
            }
        }

        return new TrainingSpec(body);
    }
}
