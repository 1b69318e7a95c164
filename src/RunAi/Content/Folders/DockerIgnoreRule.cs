using System.Text;
using System.Text.RegularExpressions;

namespace RunAi.Content;

/// <summary>
/// One line of a <c>.dockerignore</c>, made a regular expression over a path from the root. Docker cleans a pattern as Go's
/// <c>filepath.Clean</c> does, takes a leading slash for none, and lets <c>**</c> stand for any number of folders.
/// </summary>
internal sealed class DockerIgnoreRule
{
    private readonly Regex _form;

    private DockerIgnoreRule(Regex form, bool includes, IgnoreLine line)
    {
        _form = form;
        Includes = includes;
        Line = line;
    }

    /// <summary>True for a line with <c>!</c>, which brings back what earlier lines left out.</summary>
    public bool Includes { get; }

    public IgnoreLine Line { get; }

    /// <summary>The rule of a line; null for a blank one, a comment, and one that Docker refuses.</summary>
    public static DockerIgnoreRule? Read(IgnoreLine line)
    {
        if (line.Text.FirstOrDefault() == '#')
        {
            return null;
        }

        var text = line.Text.Trim();
        var includes = text.FirstOrDefault() == '!';
        text = Clean(includes ? text.Substring(1).Trim() : text);
        return text.Length > 0 && TryTranslate(text) is { } form ? new DockerIgnoreRule(form, includes, line) : null;
    }

    /// <summary>Whether the rule speaks of a path or of a folder above it.</summary>
    public bool Matches(string path) => _form.IsMatch(path);

    /// <summary>The pattern without empty parts, <c>.</c> and what <c>..</c> takes back; empty for one that means the root.</summary>
    private static string Clean(string pattern)
    {
        var parts = new List<string>();
        foreach (var part in pattern.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[parts.Count - 1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "." or ".."))
            {
                parts.Add(part);
            }
        }

        return string.Join("/", parts);
    }

    private static Regex? TryTranslate(string pattern)
    {
        var form = new StringBuilder(@"\A");
        for (var at = 0; at < pattern.Length; at++)
        {
            switch (pattern[at])
            {
                case '*' when at + 1 < pattern.Length && pattern[at + 1] == '*':
                    at += at + 2 < pattern.Length && pattern[at + 2] == '/' ? 2 : 1;
                    form.Append(at + 1 == pattern.Length ? ".*" : "(?:.*/)?");
                    break;
                case '*':
                    form.Append("[^/]*");
                    break;
                case '?':
                    form.Append("[^/]");
                    break;
                case '[' or ']':
                    form.Append(pattern[at]);
                    break;
                case '\\' when at + 1 < pattern.Length:
                    form.Append(Regex.Escape(pattern[++at].ToString()));
                    break;
                default:
                    form.Append(Regex.Escape(pattern[at].ToString()));
                    break;
            }
        }

        try
        {
            return new Regex(form.Append(@"(?:/.*)?\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
        }
        catch (ArgumentException)
        {
            // An open bracket: Docker ends the build with "syntax error in pattern".
            return null;
        }
    }
}
