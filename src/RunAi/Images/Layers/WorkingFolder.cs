namespace RunAi.Images;

/// <summary>The folder of an image that a step's source goes to and its command starts in.</summary>
internal static class WorkingFolder
{
    public const string Default = "/workspace";

    /// <summary>The path without doubled and trailing slashes.</summary>
    /// <exception cref="ImageBuildException"><see cref="ErrorIds.ImageBuildFailed"/>: not an absolute path of Linux.</exception>
    public static string Normalise(string? given)
    {
        var text = string.IsNullOrEmpty(given) ? Default : given!;
        var parts = text.Split(['/'], StringSplitOptions.RemoveEmptyEntries);
        return text[0] == '/' && !parts.Any(part => part is "." or ".." || part.Any(char.IsControl))
            ? "/" + string.Join("/", parts)
            : throw new ImageBuildException(
                ErrorIds.ImageBuildFailed,
                $"The working folder '{text}' is no absolute path inside a Linux image. Give one such as {Default}, without '.' and '..'.")
            {
                Target = text,
            };
    }
}
