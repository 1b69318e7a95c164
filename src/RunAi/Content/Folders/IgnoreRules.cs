namespace RunAi.Content;

/// <summary>The ignore files from the source folder down to one folder. The last line that speaks of a path decides, of the deepest file.</summary>
internal sealed class IgnoreRules
{
    private readonly IgnoreRules? _outer;
    private readonly string _prefix;
    private readonly IReadOnlyList<IgnoreRule> _rules;

    private IgnoreRules(IgnoreRules? outer, string prefix, IReadOnlyList<IgnoreRule> rules)
    {
        _outer = outer;
        _prefix = prefix;
        _rules = rules;
    }

    public static IgnoreRules None { get; } = new(null, "", []);

    /// <summary>These rules and those of a file in a folder, if there is one.</summary>
    /// <param name="prefix">The folder's path below the source folder with <c>/</c> at its end; empty for the source folder itself.</param>
    /// <param name="file">The ignore file.</param>
    public IgnoreRules Below(string prefix, string file)
    {
        if (!File.Exists(file))
        {
            return this;
        }

        var lines = File.ReadAllText(file).Split('\n').Select(line => line.LastOrDefault() == '\r' ? line.Substring(0, line.Length - 1) : line);
        return new IgnoreRules(this, prefix, [.. lines.Select(IgnoreRule.Read).OfType<IgnoreRule>()]);
    }

    /// <summary>Whether a path is left out, the folders above it being none that are.</summary>
    public bool Ignores(string path, bool isFolder)
    {
        for (var file = this; file is not null; file = file._outer)
        {
            var relative = path.Substring(file._prefix.Length);
            if (file._rules.LastOrDefault(rule => rule.Matches(relative, isFolder)) is { } rule)
            {
                return !rule.Includes;
            }
        }

        return false;
    }
}
