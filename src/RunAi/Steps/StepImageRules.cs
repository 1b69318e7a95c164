using RunAi.Images;
using RunAi.Steps.Scripts;

namespace RunAi.Steps;

/// <summary>Checks which image a step runs in and what is put on it.</summary>
internal static class StepImageRules
{
    public static IEnumerable<Violation> Violations(Step step)
    {
        if (!string.IsNullOrEmpty(step.BaseImage) && !string.IsNullOrEmpty(step.Image))
        {
            yield return new Violation(
                nameof(Step.BaseImage),
                "is given beside Image. Give one of them: Image runs as it is, BaseImage gets the step's code and the step runner.");
        }
        else if (Flaw(step) is { } flaw)
        {
            yield return new Violation(string.IsNullOrEmpty(step.BaseImage) ? nameof(Step.Image) : nameof(Step.BaseImage), flaw);
        }

        if (!string.IsNullOrEmpty(step.Source) && !Directory.Exists(step.Source))
        {
            yield return new Violation(nameof(Step.Source), $"'{step.Source}' is no folder.");
        }

        if (step.WorkingDir is { } folder && (folder is not ['/', ..] || folder.Contains('\0')))
        {
            yield return new Violation(
                nameof(Step.WorkingDir), $"'{folder}' is not an absolute path in the container, such as /workspace.");
        }
    }

    /// <summary>An OCI layout folder is an image to build on, and one that only an emulator runs.</summary>
    private static string? Flaw(Step step)
    {
        if (string.IsNullOrWhiteSpace(step.Base) && step.NeedsRunner)
        {
            return step.Script is null
                ? "is missing. Name the image to put the step's code and the step runner on with -BaseImage, such as python:3.12-slim."
                : $"is missing. A script block needs an image with {ScriptStep.Program}: name one with -BaseImage, such as "
                    + $"{ScriptStep.Image}.";
        }

        if (!step.Base.StartsWith(ImageLocation.LayoutScheme, StringComparison.OrdinalIgnoreCase))
        {
            return ImageReference.Flaw(step.Base);
        }

        try
        {
            ImageLocation.Parse(step.Base);
            return null;
        }
        catch (ImageBuildException wrong)
        {
            return wrong.Message;
        }
    }
}
