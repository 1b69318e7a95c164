using System.Net;
using System.Text.RegularExpressions;

namespace RunAi.PowerShell.Tests.Engine;

/// <summary>The PowerShell that users read: in README, guides, samples and the examples of each command's help.</summary>
internal static partial class DocumentedText
{
    /// <summary>All scripts, each with the file it stands in.</summary>
    public static IEnumerable<(string Source, string Script)> Scripts() =>
        Pages().SelectMany(page => CodeBlock().Matches(page.Text).Select(block => (page.Source, block.Groups["code"].Value)))
            .Concat(Files("samples", "*.ps1"))
            .Concat(Files("src/RunAi.PowerShell/Commands", "*.cs")
                .SelectMany(file => Example().Matches(file.Text)
                    .Select(example => (file.Source, WebUtility.HtmlDecode(example.Groups["code"].Value)))));

    /// <summary>README and guides, without the pages that are made of the commands' help.</summary>
    public static IEnumerable<(string Source, string Text)> Pages() =>
        [
            .. Files("", "README.md"),
            .. Files("docs", "*.md").Where(page => !page.Source.StartsWith("docs/reference/", StringComparison.Ordinal)),
        ];

    private static IEnumerable<(string Source, string Text)> Files(string folder, string pattern)
    {
        var depth = folder.Length == 0 ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories;
        return Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), pattern, depth)
            .Order(StringComparer.Ordinal)
            .Select(path => (Path.GetRelativePath(Checkout.Root, path).Replace('\\', '/'), File.ReadAllText(path)));
    }

    [GeneratedRegex(@"^```powershell\r?\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"<code[^>]*>(?<code>.*?)</code>", RegexOptions.Singleline)]
    private static partial Regex Example();
}
