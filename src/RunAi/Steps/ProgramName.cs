using System.Text.RegularExpressions;

namespace RunAi.Steps;

/// <summary>
/// Finds a whole command line where the first word of a command, its program, belongs: <c>"python train.py"</c> in place of
/// <c>python, train.py</c>. No shell splits it, so the cluster would look for a program of that name.
/// </summary>
internal static class ProgramName
{
    private static readonly Regex WellKnown = new(
        @"\A(?:python|pip|bash|sh|dash|zsh|pwsh|node|java|julia|Rscript|R|perl|ruby"
        + @"|torchrun|accelerate|deepspeed|mpirun|mpiexec|horovodrun|env|uv|nohup|time)[\d.]*\z",
        RegexOptions.CultureInvariant);

    private static readonly Regex Placeholders = new(@"\{\{[^{}]*\}\}", RegexOptions.CultureInvariant);

    /// <summary>
    /// What is wrong with a program's name; null for one that may be right. A name with a blank that is looked for on the PATH is no
    /// program's. The path of one may hold a blank: it is refused only where its last part holds it, an option follows, or a well-known
    /// program begins it.
    /// </summary>
    /// <param name="word">The first word of a command.</param>
    public static string? Flaw(string word)
    {
        var text = Placeholders.Replace(word, "x").Trim();
        var words = text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
        {
            return null;
        }

        var isPath = words[0].Contains('/');
        var isLine = !isPath
            || text.Substring(text.LastIndexOf('/') + 1).Any(char.IsWhiteSpace)
            || words.Skip(1).Any(other => other[0] == '-')
            || WellKnown.IsMatch(words[0].Substring(words[0].LastIndexOf('/') + 1));
        if (!isLine)
        {
            return null;
        }

        var apart = string.Join(", ", word.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return $"begins with '{word}', a whole command line in one word. It is the name of the program alone that is looked for in the "
            + $"image, and no shell splits it. Write each word apart: -Command {apart}. For the syntax of a shell, name one: -Command sh, "
            + $"-c, '{word.Replace("'", "''")}'.";
    }
}
