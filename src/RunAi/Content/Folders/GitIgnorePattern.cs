using System.Text;
using System.Text.RegularExpressions;

namespace RunAi.Content;

/// <summary>Translates git's glob patterns into regular expressions.</summary>
internal static class GitIgnorePattern
{
    private static readonly Dictionary<string, string> Classes = new(StringComparer.Ordinal)
    {
        ["alnum"] = "a-zA-Z0-9",
        ["alpha"] = "a-zA-Z",
        ["blank"] = @" \t",
        ["cntrl"] = @"\x00-\x1f\x7f",
        ["digit"] = "0-9",
        ["graph"] = @"\x21-\x7e",
        ["lower"] = "a-z",
        ["print"] = @"\x20-\x7e",
        ["punct"] = @"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e",
        ["space"] = @" \t\n\r\f\v",
        ["upper"] = "A-Z",
        ["xdigit"] = "0-9A-Fa-f",
    };

    /// <summary>The expression, or null for a pattern that git never matches: an open bracket or a backslash at its end.</summary>
    public static Regex? TryTranslate(string pattern)
    {
        var result = new StringBuilder(@"\A");
        for (var at = 0; at < pattern.Length;)
        {
            var next = pattern[at] switch
            {
                '*' => Stars(pattern, at, result),
                '?' => Put(result, "[^/]", at + 1),
                '[' => Bracket(pattern, at, result),
                '\\' => at + 1 < pattern.Length ? Put(result, Code(pattern[at + 1]), at + 2) : -1,
                var c => Put(result, Code(c), at + 1),
            };
            if (next < 0)
            {
                return null;
            }

            at = next;
        }

        return new Regex(result.Append(@"\z").ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    /// <summary>Two stars that fill a part of the path stand for any number of parts; all others stay within one.</summary>
    private static int Stars(string pattern, int start, StringBuilder result)
    {
        var end = start;
        while (end < pattern.Length && pattern[end] == '*')
        {
            end++;
        }

        var fillsPart = end - start >= 2
            && (start == 0 || pattern[start - 1] == '/')
            && (end == pattern.Length || pattern[end] == '/');
        if (!fillsPart)
        {
            return Put(result, "[^/]*", end);
        }

        return end == pattern.Length ? Put(result, ".*", end) : Put(result, "(?:.*/)?", end + 1);
    }

    private static int Bracket(string pattern, int start, StringBuilder result)
    {
        var at = start + 1;
        var negated = at < pattern.Length && pattern[at] is '!' or '^';
        at += negated ? 1 : 0;
        var members = new StringBuilder();
        for (var first = true; at < pattern.Length; first = false)
        {
            if (pattern[at] == ']' && !first)
            {
                Put(result, members.Length == 0 ? negated ? "[^/]" : "(?!)" : $"(?!/)[{(negated ? "^" : "")}{members}]", 0);
                return at + 1;
            }

            at = Member(pattern, at, members);
            if (at < 0)
            {
                return -1;
            }
        }

        return -1;
    }

    private static int Member(string pattern, int at, StringBuilder members)
    {
        if (pattern[at] == '[' && at + 1 < pattern.Length && pattern[at + 1] == ':'
            && pattern.IndexOf(":]", at + 2, StringComparison.Ordinal) is var close and >= 0)
        {
            return Classes.TryGetValue(pattern.Substring(at + 2, close - at - 2), out var named) ? Put(members, named, close + 2) : -1;
        }

        var (low, next) = Character(pattern, at);
        if (next > 0 && next + 1 < pattern.Length && pattern[next] == '-' && pattern[next + 1] != ']')
        {
            var (high, end) = Character(pattern, next + 1);
            return end < 0 ? -1 : Put(members, low <= high ? $"{Code(low)}-{Code(high)}" : "", end);
        }

        return next < 0 ? -1 : Put(members, Code(low), next);
    }

    private static (char Value, int Next) Character(string pattern, int at) =>
        pattern[at] != '\\' ? (pattern[at], at + 1)
        : at + 1 < pattern.Length ? (pattern[at + 1], at + 2)
        : ('\0', -1);

    private static string Code(char c) => $"\\x{(int)c:x2}";

    private static int Put(StringBuilder result, string text, int next)
    {
        result.Append(text);
        return next;
    }
}
