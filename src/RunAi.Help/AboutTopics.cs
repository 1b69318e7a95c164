using System.Text;
using System.Text.RegularExpressions;

namespace RunAi.Help;

/// <summary>Makes about topics of pages: headings in capitals, text broken at 80 columns, code and tables indented as they are.</summary>
internal static partial class AboutTopics
{
    private const int Width = 80;

    /// <summary>Writes a topic for each page about_NAME.md.</summary>
    public static void Write(string pages, string folder)
    {
        foreach (var page in Directory.GetFiles(pages, "about_*.md"))
        {
            var text = Topic(Path.GetFileNameWithoutExtension(page), File.ReadAllText(page));
            File.WriteAllText(Path.Combine(folder, Path.GetFileNameWithoutExtension(page) + ".help.txt"), text);
        }
    }

    /// <summary>The text of a topic. The page's first line is its title, the next paragraph its short description.</summary>
    public static string Topic(string name, string page)
    {
        var text = new StringBuilder($"TOPIC\n    {name}\n");
        var paragraph = new List<string>();
        var isCode = false;
        var isFirst = true;
        foreach (var line in page.ReplaceLineEndings("\n").Split('\n').Skip(1))
        {
            var isFence = line.StartsWith("```", StringComparison.Ordinal);
            var isHeading = !isCode && line.StartsWith("## ", StringComparison.Ordinal);
            var endsParagraph = isFence || isHeading || line.Length == 0 || line.StartsWith("- ", StringComparison.Ordinal);
            if (!isCode && endsParagraph)
            {
                Flush();
            }

            if (isFence)
            {
                isCode = !isCode;
                text.Append(isCode ? "\n" : "");
            }
            else if (isCode)
            {
                text.Append(line.Length == 0 ? "\n" : $"        {line}\n");
            }
            else if (isHeading)
            {
                text.Append($"\n{line[3..].ToUpperInvariant()}\n");
            }
            else if (line.Length > 0)
            {
                paragraph.Add(line);
            }
        }

        Flush();
        return text.ToString();

        void Flush()
        {
            if (paragraph.Count == 0)
            {
                return;
            }

            text.Append(isFirst ? "\nSHORT DESCRIPTION\n" : text.ToString().EndsWith("\n\n", StringComparison.Ordinal) ? "" : "\n");
            isFirst = false;
            foreach (var line in Wrapped(Plain(string.Join(" ", paragraph.Select(part => part.Trim())))))
            {
                text.Append($"    {line}\n");
            }

            paragraph.Clear();
        }
    }

    /// <summary>The text without marks of Markdown: a link is its words.</summary>
    private static string Plain(string text) =>
        Link().Replace(text, "${words}").Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal);

    private static IEnumerable<string> Wrapped(string text)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && 4 + line.Length + 1 + word.Length > Width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line += line.Length == 0 ? word : " " + word;
            }
        }

        yield return line;
    }

    [GeneratedRegex(@"\[(?<words>[^\]]+)\]\([^)]*\)")]
    private static partial Regex Link();
}
