using System.Text.RegularExpressions;

namespace RunAi.Images;

/// <summary>
/// The images that a Dockerfile builds on, for the credentials of their registries. One that an ARG names is not among them.
/// </summary>
internal static class DockerfileImages
{
    private static readonly Regex From = new(
        @"^\s*FROM\s+(?:--\S+\s+)*(?<image>\S+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline);

    /// <summary>The hosts of their registries.</summary>
    public static IReadOnlyList<string> Registries(string dockerfile) =>
        [.. From.Matches(dockerfile).Cast<Match>()
            .Select(match => ImageReference.TryParse(match.Groups["image"].Value, out var reference) ? reference.Registry : null)
            .OfType<string>().Distinct()];
}
