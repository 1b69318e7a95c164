using System.Text.RegularExpressions;

namespace RunAi.Steps;

/// <summary>The form of an image's name: <c>[registry[:port]/]path[:tag][@algorithm:digest]</c> (OCI distribution specification).</summary>
internal static class ImageReference
{
    private const string Word = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
    private const string Host = $@"(?:{Word}(?:\.{Word})*|\[[0-9a-fA-F:]+\])(?::[0-9]{{1,5}})?";
    private const string Part = @"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*";

    private static readonly Regex Form = new(
        $@"\A(?:{Host}/)?{Part}(?:/{Part})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{{0,127}})?(?:@[A-Za-z0-9+._-]+:[0-9a-fA-F]{{32,}})?\z",
        RegexOptions.CultureInvariant);

    /// <summary>What is wrong with an image's name, or null.</summary>
    public static string? Flaw(string? image)
    {
        if (string.IsNullOrWhiteSpace(image))
        {
            return "is missing. Name the container image to run, such as python:3.12-slim.";
        }

        return Form.IsMatch(image)
            ? null
            : $"'{image}' is no image reference, such as python:3.12-slim or registry.example.com/team/train:1.0. "
                + "Repository names are in lower case, without a scheme and without blanks.";
    }
}
