using System.Text;
using System.Text.RegularExpressions;

namespace RunAi.Content;

/// <summary>
/// One line of an ignore file (gitignore documentation, PATTERN FORMAT), made a regular expression over the UTF-8 bytes of a path,
/// one character for each byte as git compares them.
/// </summary>
internal sealed class GitIgnoreRule
{
    private readonly Regex _form;
    private readonly bool _wholePath;
    private readonly bool _foldersOnly;

    private GitIgnoreRule(Regex form, bool wholePath, bool foldersOnly, bool includes, IgnoreLine line)
    {
        _form = form;
        _wholePath = wholePath;
        _foldersOnly = foldersOnly;
        Includes = includes;
        Line = line;
    }

    /// <summary>True for a line with <c>!</c>, which takes back what earlier lines left out.</summary>
    public bool Includes { get; }

    public IgnoreLine Line { get; }

    /// <summary>The rule of a line; null for a blank one, a comment, and one that can match nothing.</summary>
    public static GitIgnoreRule? Read(IgnoreLine line)
    {
        var text = WithoutTrailingBlanks(line.Text);
        if (text.Length == 0 || text[0] == '#')
        {
            return null;
        }

        var includes = text[0] == '!';
        text = includes ? text.Substring(1) : text;
        var foldersOnly = text.LastOrDefault() == '/';
        text = foldersOnly ? text.Substring(0, text.Length - 1) : text;
        var wholePath = text.Contains('/');
        text = text.FirstOrDefault() == '/' ? text.Substring(1) : text;
        return text.Length > 0 && GitIgnorePattern.TryTranslate(Bytes(text)) is { } form
            ? new GitIgnoreRule(form, wholePath, foldersOnly, includes, line)
            : null;
    }

    /// <summary>Whether the rule speaks of a path, given relative to the folder of its ignore file.</summary>
    public bool Matches(string path, bool isFolder) =>
        (isFolder || !_foldersOnly) && _form.IsMatch(Bytes(_wholePath ? path : path.Substring(path.LastIndexOf('/') + 1)));

    private static string Bytes(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length == text.Length ? text : string.Concat(bytes.Select(b => (char)b));
    }

    private static string WithoutTrailingBlanks(string line)
    {
        var end = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
            {
                i++;
                end = i + 1;
            }
            else if (line[i] != ' ')
            {
                end = i + 1;
            }
        }

        return line.Substring(0, end);
    }
}
