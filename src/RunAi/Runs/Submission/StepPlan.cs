using Newtonsoft.Json.Linq;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Specs;

namespace RunAi.Runs;

/// <summary>A step that is checked and ready: the exact request that submits it.</summary>
internal sealed class StepPlan
{
    private readonly Func<RunnerLaunch?, int, TrainingSpec> _build;

    private RunnerLaunch? _launch;

    /// <param name="step">The step.</param>
    /// <param name="settings">Its settings with the operator's defaults under them.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="project">Where it goes.</param>
    /// <param name="build">Makes the request of an attempt.</param>
    /// <param name="launch">How the step runner starts it, as far as that is known before image and manifest are stored; null without
    /// it.</param>
    public StepPlan(
        Step step, StepSettings settings, string runId, ProjectRecord project, Func<RunnerLaunch?, int, TrainingSpec> build,
        RunnerLaunch? launch = null)
    {
        Step = step;
        Settings = settings;
        RunId = runId;
        Project = project;
        _build = build;
        _launch = launch;
        Image = launch?.Image ?? step.Image;
        Spec = build(launch, Attempt);
    }

    public Step Step { get; }

    /// <summary>The step as it was read; null in the plan of a run's next attempt, which is made of its recipe.</summary>
    public PreparedStep? Prepared { get; init; }

    /// <summary>The step's settings with the operator's defaults under them.</summary>
    public StepSettings Settings { get; }

    public string RunId { get; }

    /// <summary>Which workload of the run this is, from 1.</summary>
    public int Attempt { get; private set; } = 1;

    public ProjectRecord Project { get; }

    /// <summary>The body of the request.</summary>
    public TrainingSpec Spec { get; private set; }

    /// <summary>The image it runs in.</summary>
    public string Image { get; private set; }

    public string WorkloadName => Spec.Name;

    public WorkloadKey Target => new(WorkloadName, Project.Id, Project.Name, RunId) { Kind = Step.Kind };

    /// <summary>The time limits that hold for the run, of the step or its operator.</summary>
    public TimeSpan? PendingTimeout { get; init; }

    public TimeSpan? WorkloadTimeout { get; init; }

    public TimeSpan? RunTimeout { get; init; }

    public TimeSpan? Deadline { get; init; }

    /// <summary>What the run may use of GPUs; null for no limit.</summary>
    public RunGuards? Guards { get; set; }

    /// <summary>What is to be stored before the request, one line each.</summary>
    public IReadOnlyList<string> Preparations { get; init; } = [];

    /// <summary>The specs in the body of a request, with the policy of each.</summary>
    public Func<JObject, IReadOnlyList<SpecPart>> PartsOf { get; init; } = body => SpecPart.Of(body, null, body["masterSpec"] is not null);

    /// <summary>The specs of the request, with the policy of each.</summary>
    public IReadOnlyList<SpecPart> Parts => PartsOf(Spec.Body);

    /// <summary>
    /// The request as a person reads it: what comes before it, method, path and body, without the signature of any address and what looks
    /// like a secret, and with the fields that the policy fills in marked.
    /// </summary>
    public string RequestText => string.Join(
        "\n", [.. Preparations, $"POST {ControlPlaneClient.PathOf(Step.Kind)}", MarkedJson.Of(Spec.Masked(), Parts)]);

    /// <summary>The request as an object, without the signature of any address.</summary>
    /// <param name="runAiBaseUrl">The control plane's.</param>
    public StepRequest RequestTo(string runAiBaseUrl) =>
        new(Step.Kind, Spec.Shown(), Project.Name, Uri.TryCreate(runAiBaseUrl, UriKind.Absolute, out var url) ? url : null);

    /// <summary>Completes the request when image and manifest are stored.</summary>
    public void Complete(RunnerLaunch launch)
    {
        _launch = launch;
        Image = launch.Image;
        Spec = _build(launch, Attempt);
    }

    /// <summary>Makes it the request of another attempt, which has a name of its own.</summary>
    public void TakeAttempt(int attempt)
    {
        if (attempt != Attempt)
        {
            Attempt = attempt;
            Spec = _build(_launch, attempt);
        }
    }

    /// <summary>True from the moment the request may have reached the control plane.</summary>
    public bool IsSent { get; set; }
}
