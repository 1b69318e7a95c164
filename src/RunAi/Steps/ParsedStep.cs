using RunAi.Steps.Scripts;

namespace RunAi.Steps;

/// <summary>
/// A step whose inputs and environment are read and whose rules are checked, once, together with the settings that hold for it.
/// </summary>
internal sealed class ParsedStep
{
    private readonly IReadOnlyList<Violation> _ofStep;
    private IReadOnlyList<Violation>? _ofSettings;

    private ParsedStep(
        Step step,
        StepSettings settings,
        IReadOnlyList<StepInput> inputs,
        IReadOnlyList<EnvironmentEntry> environment,
        IReadOnlyList<EnvironmentEntry> masterEnvironment,
        IReadOnlyList<Violation> ofStep)
    {
        (Step, Settings, _ofStep) = (step, settings, ofStep);
        (Inputs, Environment, MasterEnvironment) = (inputs, environment, masterEnvironment);
    }

    public Step Step { get; }

    /// <summary>The settings that hold for it; <see cref="Step.Settings"/> itself is not read.</summary>
    public StepSettings Settings { get; }

    public IReadOnlyList<StepInput> Inputs { get; }

    public IReadOnlyList<EnvironmentEntry> Environment { get; }

    /// <summary>What the master of a distributed step has in place of variables of the workers, and beside them.</summary>
    public IReadOnlyList<EnvironmentEntry> MasterEnvironment { get; }

    /// <summary>Reads a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="settings">The settings that hold for it.</param>
    public static ParsedStep Read(Step step, StepSettings settings)
    {
        var ofStep = StepValidation.Violations(step, out var inputs, out var environment)
            .Where(violation => !StepValidation.IsOfTemplate(step, settings, violation)).ToList();
        ofStep.AddRange(DistributionRules.Violations(step, settings, out var masterEnvironment));
        return new ParsedStep(step, settings, inputs, environment, masterEnvironment, ofStep);
    }

    /// <summary>The same step with other settings.</summary>
    public ParsedStep With(StepSettings settings) => new(Step, settings, Inputs, Environment, MasterEnvironment, _ofStep);

    /// <summary>The step that is really run; the step itself when it has no script block.</summary>
    public ParsedStep Lowered()
    {
        if (Step.Script is null)
        {
            return this;
        }

        var step = ScriptStep.Lower(Step);
        return new ParsedStep(step, Settings, StepDataReader.Inputs(step.Input, []), Environment, MasterEnvironment, _ofStep);
    }

    /// <summary>The master of a distributed step, as a step of its own.</summary>
    /// <param name="settings">The settings that hold for it.</param>
    public ParsedStep OfMaster(StepSettings settings)
    {
        var distribution = Step.Distribution!;
        var master = new Step
        {
            Name = Step.Name,
            Image = string.IsNullOrEmpty(distribution.MasterImage) ? Step.Image : distribution.MasterImage!,
            Source = Step.Source,
            WorkingDir = Step.WorkingDir,
            Command = distribution.MasterCommand ?? Step.Command,
        };
        EnvironmentEntry[] environment =
        [
            .. Environment.Select(common => MasterEnvironment.FirstOrDefault(own => own.Name == common.Name) ?? common),
            .. MasterEnvironment.Where(own => Environment.All(common => common.Name != own.Name)),
        ];
        return new ParsedStep(master, settings, Inputs, environment, MasterEnvironment, _ofStep);
    }

    /// <summary>Throws when anything is wrong with the step or its settings.</summary>
    /// <param name="others">What else is known to be wrong with the step, as where it is to run.</param>
    /// <param name="beside">What is wrong with something that has an error of its own, but is told along with the step's faults.</param>
    /// <exception cref="StepSettingsException">
    /// <see cref="ErrorIds.InvalidStep"/>, or <see cref="ErrorIds.InvalidStepSettings"/> when the settings alone are wrong.
    /// </exception>
    public void ThrowIfInvalid(IEnumerable<Violation>? others = null, Violation? beside = null)
    {
        _ofSettings ??= [.. StepSettingsValidation.Violations(Settings), .. RunnerPaths.Violations(Step, Settings)];
        IReadOnlyList<Violation> ofStep = [.. _ofStep, .. others ?? []];
        IReadOnlyList<Violation> all = [.. ofStep, .. _ofSettings];
        StepSettingsValidation.Throw(
            ofStep.Count > 0 ? ErrorIds.InvalidStep : ErrorIds.InvalidStepSettings,
            beside is null || all.Count == 0 ? all : [.. all, beside]);
    }
}
