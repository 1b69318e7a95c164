using System.Text.RegularExpressions;

namespace RunAi.Redaction;

/// <summary>
/// The commands that an agent of Azure Pipelines carries out wherever they stand in a line of a task's output: <c>##vso[...]</c> and
/// <c>##[...]</c>. Text of servers and workloads must give none.
/// </summary>
internal static class AgentCommand
{
    private static readonly Regex Start = new(@"#(?=#(?:vso)?\[)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <summary>The text with a blank inside each command's start, so that it is none.</summary>
    public static string Break(string text) => text.IndexOf("##", StringComparison.Ordinal) < 0 ? text : Start.Replace(text, "# ");
}
