using System.Collections;
using System.Text.RegularExpressions;
using RunAi.Steps.Scripts;

namespace RunAi.Steps;

/// <summary>Checks a step's own parts: name, image, code, data, command and environment. Its settings are checked apart.</summary>
internal static class StepValidation
{
    private static readonly Regex Name = new(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z", RegexOptions.CultureInvariant);

    /// <summary>Everything that is wrong with the step, its distribution and settings left aside.</summary>
    public static IReadOnlyList<Violation> Violations(Step step) => Violations(step, out _, out _);

    /// <summary>Everything that is wrong with the step, its distribution and settings left aside.</summary>
    /// <param name="step">The step.</param>
    /// <param name="inputs">Its inputs, as far as they can be read.</param>
    /// <param name="environment">Its environment, as far as it can be read.</param>
    public static IReadOnlyList<Violation> Violations(
        Step step, out IReadOnlyList<StepInput> inputs, out IReadOnlyList<EnvironmentEntry> environment)
    {
        var violations = new List<Violation>();
        if (!Name.IsMatch(step.Name ?? ""))
        {
            violations.Add(new Violation(nameof(Step.Name), $"'{step.Name}' is no name of a step: a letter or digit, "
                + "then at most 62 letters, digits, '.', '_' and '-'."));
        }

        violations.AddRange(StepImageRules.Violations(step));
        violations.AddRange(ScriptStep.Violations(step));
        inputs = StepDataReader.Inputs(step.Input ?? new Hashtable(), violations);
        StepDataReader.CheckOutputs(step.Output ?? [], violations);
        violations.AddRange(Command(step));
        environment = EnvironmentReader.Read(step.Environment ?? new Hashtable(), violations);
        violations.AddRange(TagRules.Violations(step.Tag));
        return violations;
    }

    /// <summary>Throws when anything is wrong with the step or its settings.</summary>
    /// <exception cref="StepSettingsException">
    /// <see cref="ErrorIds.InvalidStep"/>, or <see cref="ErrorIds.InvalidStepSettings"/> when the settings alone are wrong.
    /// </exception>
    public static void ThrowIfInvalid(Step step) => ThrowIfInvalid(step, step.Settings ?? new StepSettings());

    /// <summary>Throws when anything is wrong with the step or with the settings that take the place of its own.</summary>
    /// <param name="step">The step.</param>
    /// <param name="settings">The settings that hold for it.</param>
    /// <param name="others">What else is known to be wrong with the step, as where it is to run.</param>
    public static void ThrowIfInvalid(Step step, StepSettings settings, IEnumerable<Violation>? others = null) =>
        ParsedStep.Read(step, settings).ThrowIfInvalid(others);

    /// <summary>True for a missing image that the template may name. What is put on an image needs to know it.</summary>
    public static bool IsOfTemplate(Step step, StepSettings settings, Violation violation) =>
        settings.HasTemplate && !step.NeedsRunner && string.IsNullOrEmpty(step.Base) && violation.Field == nameof(Step.Image);

    private static IEnumerable<Violation> Command(Step step)
    {
        var words = step.Command ?? [];
        if (words.Length > 0 && string.IsNullOrWhiteSpace(words[0]))
        {
            yield return new Violation(nameof(Step.Command), "begins with an empty word. Its first word is the program to run.");
        }
        else if (words.Length > 0 && ProgramName.Flaw(words[0]) is { } line)
        {
            yield return new Violation(nameof(Step.Command), line);
        }
        else if (words.Length == 0 && step.NeedsRunner && step.Script is null)
        {
            yield return new Violation(
                nameof(Step.Command),
                "is missing. The step runner starts it, so name the program: the image's own entry point is not known to it.");
        }

        var inputs = (step.Input ?? new Hashtable()).Entries().Select(entry => entry.Key.ToString()!).ToArray();
        foreach (var word in words)
        {
            if (word is null)
            {
                yield return new Violation(nameof(Step.Command), "holds a null. Write '' for an empty argument.");
                continue;
            }

            var flaws = Placeholder.Flaws(word, inputs, step.Output ?? [], step.Checkpoint).Concat(WireText.Flaws(word));
            foreach (var flaw in flaws)
            {
                yield return new Violation(nameof(Step.Command), flaw);
            }
        }
    }
}
