namespace RunAi.Content;

/// <summary>
/// Ignore files by git's rules, from the source folder down to one folder (gitignore documentation). The last line that speaks of a path
/// decides, of the deepest file, and nothing comes back below a folder that is left out.
/// </summary>
internal sealed class GitIgnoreRules : IIgnoreRules
{
    private readonly GitIgnoreRules? _outer;
    private readonly string _fileName;
    private readonly string _prefix;
    private readonly IReadOnlyList<GitIgnoreRule> _rules;

    /// <param name="fileName">What ignore files are called.</param>
    public GitIgnoreRules(string fileName)
        : this(null, fileName, "", [])
    {
    }

    private GitIgnoreRules(GitIgnoreRules? outer, string fileName, string prefix, IReadOnlyList<GitIgnoreRule> rules)
    {
        _outer = outer;
        _fileName = fileName;
        _prefix = prefix;
        _rules = rules;
    }

    public bool BringsBackBelow => false;

    public IIgnoreRules In(string prefix, DirectoryInfo folder)
    {
        var file = Path.Combine(folder.FullName, _fileName);
        return File.Exists(file)
            ? new GitIgnoreRules(
                this, _fileName, prefix, [.. IgnoreFile.Lines(file, prefix + _fileName).Select(GitIgnoreRule.Read).OfType<GitIgnoreRule>()])
            : this;
    }

    public IgnoreLine? Ignoring(string path, bool isFolder)
    {
        for (var file = this; file is not null; file = file._outer)
        {
            var relative = path.Substring(file._prefix.Length);
            if (file._rules.LastOrDefault(rule => rule.Matches(relative, isFolder)) is { } rule)
            {
                return rule.Includes ? null : rule.Line;
            }
        }

        return null;
    }
}
