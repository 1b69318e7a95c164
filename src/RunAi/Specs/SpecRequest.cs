using RunAi.ControlPlane.Wire;
using RunAi.Policies;
using RunAi.Steps;

namespace RunAi.Specs;

/// <summary>All that the request of a step is made of.</summary>
/// <param name="Parsed">The step, in the form it is sent in, with the settings that hold for it.</param>
/// <param name="Destination">Where it goes.</param>
/// <param name="RunId">The run's id.</param>
internal sealed record SpecRequest(ParsedStep Parsed, SubmissionDestination Destination, string RunId)
{
    /// <summary>The policy that holds for the pods, or for the workers of a distributed training.</summary>
    public PolicyView Policy { get; init; } = PolicyView.None;

    /// <summary>The policy that holds for the master of a distributed training.</summary>
    public PolicyView MasterPolicy { get; init; } = PolicyView.None;

    /// <summary>How the step runner starts it; null for a step whose command goes to the control plane itself.</summary>
    public RunnerLaunch? Launch { get; init; }

    /// <summary>The same under a project's effective policy; null for none.</summary>
    public SpecRequest Under(EffectivePolicy? policy) => Parsed.Step.Distribution is null
        ? this with { Policy = PolicyView.From(policy) }
        : this with { Policy = PolicyView.From(policy?.Of(SpecPart.Worker)), MasterPolicy = PolicyView.From(policy?.Of(SpecPart.Master)) };

    /// <summary>Makes the request.</summary>
    /// <exception cref="StepSettingsException">The step or its settings break rules; all are listed.</exception>
    public TrainingSpec Build() => Parsed.Step.Distribution is null ? TrainingSpecBuilder.Build(this) : DistributedSpecBuilder.Build(this);

    /// <summary>The same with the settings that nobody set filled in; they keep the rules too.</summary>
    /// <exception cref="StepSettingsException">The step or its settings break rules; all are listed.</exception>
    public SpecRequest Filled()
    {
        var filled = Parsed.With(SettingDefaults.Fill(Parsed.Settings, Policy));
        filled.ThrowIfInvalid(Launch?.SharedFolder is { } store ? RunnerPaths.OfStore(filled.Settings, store) : null);
        return this with { Parsed = filled };
    }
}
