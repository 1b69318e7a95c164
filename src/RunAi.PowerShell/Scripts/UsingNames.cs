using System.Text;

namespace RunAi.PowerShell.Scripts;

/// <summary>
/// Names for <c>$using:</c> expressions: each becomes a plain variable that is set in the container before the block runs. Lines stay the
/// same, so that places in errors are those of the block as it was written.
/// </summary>
internal sealed class UsingNames
{
    private readonly List<string> _expressions = [];

    /// <summary>The variables, in the order of <see cref="Expressions"/>.</summary>
    public IEnumerable<string> All => _expressions.Select((_, index) => Name(index));

    /// <summary>The expressions, each once.</summary>
    public IReadOnlyList<string> Expressions => _expressions;

    /// <summary>The text with variables in the places of the expressions.</summary>
    public string PutInto(string text, IReadOnlyList<UsingExpression> expressions)
    {
        var made = new StringBuilder();
        var rest = 0;
        foreach (var expression in expressions)
        {
            var extent = expression.Ast.Extent;
            var name = Name(IndexOf(expression.Key));
            made.Append(text, rest, extent.StartOffset - rest).Append(expression.Variable.Splatted ? $"@{name}" : $"${{{name}}}");
            rest = extent.EndOffset;
        }

        return made.Append(text, rest, text.Length - rest).ToString();
    }

    private static string Name(int index) => FormattableString.Invariant($"__using_{index}");

    private int IndexOf(string key)
    {
        var index = _expressions.IndexOf(key);
        if (index < 0)
        {
            _expressions.Add(key);
            index = _expressions.Count - 1;
        }

        return index;
    }
}
