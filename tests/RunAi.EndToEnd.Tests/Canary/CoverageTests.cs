using System.Management.Automation.Language;
using RunAi.EndToEnd.Tests.Canary.Drives;
using RunAi.PowerShell.Tests.Engine;

namespace RunAi.EndToEnd.Tests.Canary;

/// <summary>No cmdlet is forgotten by the canary.</summary>
public sealed class CoverageTests
{
    [Fact]
    public void EveryExportedCmdlet_IsDrivenOrExcused()
    {
        var exported = Exported();

        Assert.NotEmpty(exported);
        Assert.Empty(exported.Except(DriveTable.All.Select(drive => drive.Cmdlet)).Except(DriveTable.Excused.Keys));
        Assert.Empty(DriveTable.All.Select(drive => drive.Cmdlet).Concat(DriveTable.Excused.Keys).Except(exported));
        Assert.All(DriveTable.Excused.Values, reason => Assert.NotEmpty(reason));
    }

    [Fact]
    public void EveryLine_UsesTheCmdletItIsFor() =>
        Assert.All(DriveTable.All, drive => Assert.Contains(drive.Cmdlet, Commands(drive.Script)));

    private static string[] Exported()
    {
        var manifest = Parser.ParseFile(Checkout.Manifest, out _, out var errors);
        Assert.Empty(errors);
        var table = (HashtableAst)manifest.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false)!;
        var list = table.KeyValuePairs.Single(pair => pair.Item1.Extent.Text == "CmdletsToExport").Item2;
        return [.. list.FindAll(ast => ast is StringConstantExpressionAst, true).Select(ast => ((StringConstantExpressionAst)ast).Value)];
    }

    private static IEnumerable<string?> Commands(string script) => Parser.ParseInput(script, out _, out _)
        .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true).Select(ast => ((CommandAst)ast).GetCommandName());
}
