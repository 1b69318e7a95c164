using System.Management.Automation.Language;

namespace RunAi.PowerShell.Scripts;

/// <summary>A <c>$using:</c> expression of a script block, such as <c>$using:a</c> or <c>$using:a.b[0]</c>.</summary>
internal sealed class UsingExpression
{
    private static readonly HashSet<string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        "Invoke-Command", "icm", "Start-Job", "sajb", "Start-ThreadJob",
    };
    private static readonly HashSet<string> EachObject = new(StringComparer.OrdinalIgnoreCase) { "ForEach-Object", "foreach", "%" };

    private UsingExpression(UsingExpressionAst ast)
    {
        Ast = ast;
        var variables = ast.FindAll(part => part is VariableExpressionAst, searchNestedScriptBlocks: false);
        Variable = variables.Cast<VariableExpressionAst>().OrderBy(part => part.Extent.StartOffset).First();
    }

    public UsingExpressionAst Ast { get; }

    /// <summary>The variable it begins with.</summary>
    public VariableExpressionAst Variable { get; }

    /// <summary>The expression as it is written; case does not matter in a name of a variable.</summary>
    public string Key => IsVariable ? Text.ToLowerInvariant() : Text;

    public string Text => Variable.Splatted ? $"${Ast.Extent.Text.Substring(1)}" : Ast.Extent.Text;

    public bool IsVariable => Ast.Extent.Text.Length == Variable.Extent.Text.Length;

    /// <summary>The expression as the caller's session understands it: the same without <c>using:</c>.</summary>
    public string InCallersWords => $"${{{Variable.VariablePath.UserPath}}}{Ast.Extent.Text.Substring(Variable.Extent.Text.Length)}";

    /// <summary>
    /// Those that mean the caller's session, in the order of their places. One in a block that the script block itself hands to a job,
    /// another session or <c>ForEach-Object -Parallel</c> means the script block's own variables.
    /// </summary>
    public static IReadOnlyList<UsingExpression> AllOf(Ast script) =>
    [
        .. script.FindAll(part => part is UsingExpressionAst && !IsInner(part), searchNestedScriptBlocks: true)
            .Cast<UsingExpressionAst>()
            .OrderBy(part => part.Extent.StartOffset)
            .Select(part => new UsingExpression(part)),
    ];

    private static bool IsInner(Ast part)
    {
        for (var outer = part.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is UsingExpressionAst || (outer is ScriptBlockExpressionAst && RunsElsewhere(outer.Parent)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool RunsElsewhere(Ast user) => (user is CommandParameterAst ? user.Parent : user) is CommandAst command
        && command.GetCommandName() is { } name
        && (Elsewhere.Contains(name)
            || (EachObject.Contains(name) && command.CommandElements.OfType<CommandParameterAst>().Any(IsParallel)));

    private static bool IsParallel(CommandParameterAst parameter) =>
        parameter.ParameterName.Length > 1 && "Parallel".StartsWith(parameter.ParameterName, StringComparison.OrdinalIgnoreCase);
}
