namespace RunAi.Content;

/// <summary>
/// A <c>.dockerignore</c> by Docker's rules (Dockerfile reference, ".dockerignore files"): the file in the root of the folder alone, with
/// paths from that root. A line that speaks of a folder speaks of all below it, and the last one decides, also below a folder that is left
/// out.
/// </summary>
internal sealed class DockerIgnoreRules : IIgnoreRules
{
    public const string FileName = ".dockerignore";

    private readonly IReadOnlyList<DockerIgnoreRule> _rules;

    /// <param name="root">The source folder, which has the file.</param>
    /// <param name="fileName">The file's path below it.</param>
    public DockerIgnoreRules(DirectoryInfo root, string fileName) =>
        _rules = [.. IgnoreFile.Lines(Path.Combine(root.FullName, fileName), fileName)
            .Select(DockerIgnoreRule.Read).OfType<DockerIgnoreRule>()];

    public bool BringsBackBelow => _rules.Any(rule => rule.Includes);

    public IIgnoreRules In(string prefix, DirectoryInfo folder) => this;

    public IgnoreLine? Ignoring(string path, bool isFolder) =>
        _rules.LastOrDefault(rule => rule.Matches(path)) is { Includes: false } rule ? rule.Line : null;
}
