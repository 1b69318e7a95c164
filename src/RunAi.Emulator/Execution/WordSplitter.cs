using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RunAi.Emulator.Execution;

/// <summary>
/// Splits a line into words as a POSIX shell does (section 2.2 and 2.3 of its Command Language): blanks separate,
/// backslash, single and double quotes quote. Nothing is expanded: a dollar sign is a dollar sign.
/// </summary>
internal static class WordSplitter
{
    public static bool TrySplit(string line, [NotNullWhen(true)] out IReadOnlyList<string>? words, out string? error)
    {
        (words, error) = (null, null);
        var found = new List<string>();
        StringBuilder? word = null;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            switch (c)
            {
                case ' ' or '\t' or '\n':
                    if (word is not null)
                    {
                        found.Add(word.ToString());
                    }

                    word = null;
                    break;
                case '\\' when i + 1 == line.Length:
                    error = "a backslash at the end quotes nothing";
                    return false;
                case '\\':
                    // A backslash before a newline joins the lines.
                    if (line[++i] != '\n')
                    {
                        (word ??= new()).Append(line[i]);
                    }

                    break;
                case '\'' or '"':
                    i = Quoted(line, i, word ??= new());
                    if (i < 0)
                    {
                        error = $"a quote {c} is not closed";
                        return false;
                    }

                    break;
                default:
                    (word ??= new()).Append(c);
                    break;
            }
        }

        if (word is not null)
        {
            found.Add(word.ToString());
        }

        words = found;
        return true;
    }

    /// <summary>Takes in a quoted piece; gives the index of the closing quote, or -1.</summary>
    private static int Quoted(string line, int open, StringBuilder word)
    {
        var quote = line[open];
        for (var i = open + 1; i < line.Length; i++)
        {
            if (line[i] == quote)
            {
                return i;
            }

            if (quote == '"' && line[i] == '\\' && i + 1 < line.Length && line[i + 1] is '"' or '\\' or '$' or '`' or '\n')
            {
                if (line[++i] != '\n')
                {
                    word.Append(line[i]);
                }
            }
            else
            {
                word.Append(line[i]);
            }
        }

        return -1;
    }
}
