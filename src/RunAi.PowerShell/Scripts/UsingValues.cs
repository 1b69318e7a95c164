using System.Management.Automation;

namespace RunAi.PowerShell.Scripts;

/// <summary>Reads <c>$using:</c> expressions in the caller's scope. Only for the pipeline thread.</summary>
internal sealed class UsingValues(SessionState session, List<Violation> violations)
{
    /// <summary>The values by expression.</summary>
    public Dictionary<string, object?> Read(IEnumerable<UsingExpression> expressions)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var expression in expressions.Where(usingExpression => !values.ContainsKey(usingExpression.Key)))
        {
            values[expression.Key] = Read(expression);
        }

        return values;
    }

    private object? Read(UsingExpression expression)
    {
        var path = expression.Variable.VariablePath;
        if (!path.IsDriveQualified)
        {
            if (session.PSVariable.Get(path.UserPath) is not { } variable)
            {
                violations.Add(new Violation(expression.Text, $"has no value: there is no variable ${path.UserPath} here. Set it first, or "
                    + "give the block a parameter and -ArgumentList."));
                return null;
            }

            if (expression.IsVariable)
            {
                return variable.Value;
            }
        }

        return Evaluate(expression);
    }

    /// <summary>The comma keeps a list whole that the pipeline would take apart.</summary>
    private PSObject? Evaluate(UsingExpression expression)
    {
        try
        {
            var script = session.InvokeCommand.NewScriptBlock($",({expression.InCallersWords})");
            var found = session.InvokeCommand.InvokeScript(useLocalScope: false, script, null);
            return found.Count > 0 ? found[0] : null;
        }
        catch (RuntimeException failed)
        {
            violations.Add(new Violation(
                expression.Text, $"cannot be read here: {failed.Message} Put what is meant into a variable of its own first."));
            return null;
        }
    }
}
