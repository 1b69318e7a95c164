using System.Management.Automation;
using System.Management.Automation.Language;
using RunAi.Steps;

namespace RunAi.PowerShell.Scripts;

/// <summary>
/// Makes what the container needs of a script block: its text, its arguments, and the values of its <c>$using:</c> expressions.
/// </summary>
internal static class ScriptBlockInput
{
    /// <summary>What lies around the values themselves: the table and its lists.</summary>
    private const int OuterLevels = 3;

    /// <param name="block">The block.</param>
    /// <param name="arguments">Its arguments in order.</param>
    /// <param name="session">The caller's session, in whose scope <c>$using:</c> expressions are read. Only for the pipeline
    /// thread.</param>
    /// <exception cref="StepSettingsException"><see cref="ErrorIds.InvalidStep"/>: something has no value, or cannot travel.</exception>
    public static StepScript Read(ScriptBlock block, object?[]? arguments, SessionState session)
    {
        // Read anew, so that every block looks alike, wherever it was written, and places count from its own beginning.
        var text = block.ToString();
        var ast = Parser.ParseInput(text, out _, out _);
        var violations = new List<Violation>();
        var expressions = UsingExpression.AllOf(ast);
        var values = new UsingValues(session, violations).Read(expressions);
        var check = new PortableValues(violations);
        check.Check("ArgumentList", arguments ?? []);
        foreach (var expression in values)
        {
            check.Check(expression.Key, expression.Value);
        }

        StepSettingsValidation.Throw(ErrorIds.InvalidStep, violations);
        var names = new UsingNames();
        var given = new PSObject();
        given.Properties.Add(new PSNoteProperty("Text", names.PutInto(text, expressions)));
        given.Properties.Add(new PSNoteProperty("Arguments", arguments ?? []));
        given.Properties.Add(new PSNoteProperty("UsingNames", names.All.ToArray()));
        given.Properties.Add(new PSNoteProperty("UsingValues", names.Expressions.Select(item => values[item]).ToArray()));
        return new StepScript(text, PSSerializer.Serialize(given, check.Levels + OuterLevels));
    }
}
