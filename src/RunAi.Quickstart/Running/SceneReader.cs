using System.Management.Automation;
using System.Management.Automation.Language;

namespace RunAi.Quickstart.Running;

/// <summary>
/// Cuts a script of plain statements into scenes. Statements that share a line share a scene, and every line of the file
/// but the blank ones between scenes belongs to exactly one.
/// </summary>
internal static class SceneReader
{
    public static IEnumerable<Scene> Read(ParsedScript script)
    {
        var lines = script.Tree.Extent.Text.ReplaceLineEndings("\n").Split('\n');
        var offset = script.Tree.Extent.StartLineNumber;
        var next = offset;
        foreach (var statements in ByLine(script.Tree.EndBlock.Statements))
        {
            var first = statements[0].Extent.StartLineNumber;
            var last = statements[^1].Extent.EndLineNumber;
            var before = lines[(next - offset)..(first - offset)];
            yield return new Scene(
                before.Length > 0,
                Trim(before),
                lines[(first - offset)..(last - offset + 1)],
                [.. statements.Select(AsBlock)]);
            next = last + 1;
        }

        var rest = Trim(lines[Math.Min(next - offset, lines.Length)..]);
        if (rest.Length > 0)
        {
            yield return new Scene(true, rest, [], []);
        }
    }

    private static List<List<StatementAst>> ByLine(IEnumerable<StatementAst> statements)
    {
        var groups = new List<List<StatementAst>>();
        foreach (var statement in statements)
        {
            if (groups.Count > 0 && groups[^1][^1].Extent.EndLineNumber == statement.Extent.StartLineNumber)
            {
                groups[^1].Add(statement);
            }
            else
            {
                groups.Add([statement]);
            }
        }

        return groups;
    }

    // The extent keeps the file's name, which is where $PSScriptRoot and the place of an error come from.
    private static ScriptBlock AsBlock(StatementAst statement) =>
        new ScriptBlockAst(
            statement.Extent,
            paramBlock: null,
            new StatementBlockAst(statement.Extent, [(StatementAst)statement.Copy()], traps: null),
            isFilter: false).GetScriptBlock();

    private static string[] Trim(string[] lines)
    {
        var first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        var last = Array.FindLastIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        return first < 0 ? [] : lines[first..(last + 1)];
    }
}
