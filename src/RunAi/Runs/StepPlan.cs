using Newtonsoft.Json;
using RunAi.ControlPlane;
using RunAi.ControlPlane.Wire;
using RunAi.Specs;

namespace RunAi.Runs;

/// <summary>A step that is checked and ready: the exact request that submits it.</summary>
internal sealed class StepPlan
{
    public StepPlan(Step step, StepSettings settings, string runId, ProjectRecord project, TrainingSpec spec)
    {
        Step = step;
        Settings = settings;
        RunId = runId;
        Project = project;
        Spec = spec;
    }

    public Step Step { get; }

    /// <summary>The step's settings with the operator's defaults under them.</summary>
    public StepSettings Settings { get; }

    public string RunId { get; }

    public ProjectRecord Project { get; }

    /// <summary>The body of the request.</summary>
    public TrainingSpec Spec { get; }

    public string WorkloadName => Spec.Name;

    /// <summary>The request as a person reads it: method, path and body.</summary>
    public string RequestText => $"POST {ControlPlaneClient.TrainingsPath}\n{Spec.Body.ToString(Formatting.Indented)}";

    /// <summary>True from the moment the request may have reached the control plane.</summary>
    public bool IsSent { get; set; }
}
