using System.Text.RegularExpressions;
using RunAi.Images;

namespace RunAi.Steps;

/// <summary>Checks a step's own parts: name, image, command and environment. Its settings are checked apart.</summary>
internal static class StepValidation
{
    private static readonly Regex Name = new(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z", RegexOptions.CultureInvariant);

    /// <summary>Everything that is wrong with the step, its settings left aside.</summary>
    public static IReadOnlyList<Violation> Violations(Step step)
    {
        var violations = new List<Violation>();
        if (!Name.IsMatch(step.Name ?? ""))
        {
            violations.Add(new Violation(nameof(Step.Name), $"'{step.Name}' is no name of a step: a letter or digit, "
                + "then at most 62 letters, digits, '.', '_' and '-'."));
        }

        if (ImageReference.Flaw(step.Image) is { } flaw)
        {
            violations.Add(new Violation(nameof(Step.Image), flaw));
        }

        violations.AddRange(Command(step.Command ?? []));
        EnvironmentReader.Read(step.Environment ?? new System.Collections.Hashtable(), violations);
        return violations;
    }

    /// <summary>Throws when anything is wrong with the step or its settings.</summary>
    /// <exception cref="StepSettingsException">
    /// <see cref="ErrorIds.InvalidStep"/>, or <see cref="ErrorIds.InvalidStepSettings"/> when the settings alone are wrong.
    /// </exception>
    public static void ThrowIfInvalid(Step step) => ThrowIfInvalid(step, step.Settings ?? new StepSettings());

    /// <summary>Throws when anything is wrong with the step or with the settings that take the place of its own.</summary>
    public static void ThrowIfInvalid(Step step, StepSettings settings)
    {
        IReadOnlyList<Violation> ofStep = Violations(step);
        StepSettingsValidation.Throw(
            ofStep.Count > 0 ? ErrorIds.InvalidStep : ErrorIds.InvalidStepSettings,
            [.. ofStep, .. StepSettingsValidation.Violations(settings)]);
    }

    private static IEnumerable<Violation> Command(string[] words)
    {
        if (words.Length > 0 && string.IsNullOrWhiteSpace(words[0]))
        {
            yield return new Violation(nameof(Step.Command), "begins with an empty word. Its first word is the program to run.");
        }

        foreach (var word in words)
        {
            if (word is null)
            {
                yield return new Violation(nameof(Step.Command), "holds a null. Write '' for an empty argument.");
            }
            else if (Placeholder.Reserved(word) is { } placeholder)
            {
                yield return new Violation(nameof(Step.Command), Placeholder.NeedsStore(placeholder));
            }

            foreach (var flaw in WireText.Flaws(word ?? ""))
            {
                yield return new Violation(nameof(Step.Command), flaw);
            }
        }
    }
}
