using System.Text.RegularExpressions;

namespace RunAi.Watching;

/// <summary>
/// The text of a failure, which says each thing once: a headline, then what was found out, what to do, and last what others said.
/// </summary>
internal sealed class FailureText
{
    private static readonly Regex Sentence = new(@"(?<=[.:]) ", RegexOptions.CultureInvariant);

    private readonly List<string> _lines = [];
    private string _said = "";

    /// <param name="headline">What happened, in a line; or a text that is gone on with.</param>
    public FailureText(string headline) => Take(headline, headline);

    /// <summary>Adds a line.</summary>
    public FailureText Add(string line) => Add("", line);

    /// <summary>Adds a line after its label, unless the text says what has been said.</summary>
    public FailureText Add(string label, string text)
    {
        if (!IsSaid(text))
        {
            Take(label + text, text);
        }

        return this;
    }

    /// <summary>Adds a word, with what of its explanation has not been said.</summary>
    public FailureText AddAlways(string word, string explanation)
    {
        var rest = string.Join(" ", Sentence.Split(explanation).Where(part => !IsSaid(part))).TrimEnd(':');
        Take(rest.Length == 0 ? word : $"{word}: {rest}", explanation);
        return this;
    }

    /// <summary>Adds lines that others wrote below a title; those that have been said are left out.</summary>
    public FailureText AddBlock(string title, IEnumerable<string> lines)
    {
        string[] news = [.. lines.Where(line => !IsSaid(line))];
        if (news.Length > 0)
        {
            _lines.Add(title);
            foreach (var line in news)
            {
                Take("  " + line, line);
            }
        }

        return this;
    }

    /// <summary>The text.</summary>
    public override string ToString() => string.Join("\n", _lines);

    private bool IsSaid(string text) => Plain(text) is var plain && (plain.Length == 0 || _said.Contains(plain));

    private void Take(string line, string text)
    {
        _lines.Add(line);
        _said += Plain(text) + "\n";
    }

    /// <summary>Letters and digits alone: punctuation and case tell nothing apart.</summary>
    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
