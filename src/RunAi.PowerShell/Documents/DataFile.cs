using System.Collections;
using System.Globalization;
using System.Management.Automation.Language;
using System.Text;

namespace RunAi.PowerShell.Documents;

/// <summary>Reads and writes PowerShell data files (<c>.psd1</c>): one table of constants, of which nothing is ever run.</summary>
internal static class DataFile
{
    /// <summary>The table of a file's text.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.InvalidStepDocument"/>: it is not one table of constants.</exception>
    public static IDictionary Read(string text)
    {
        var script = Parser.ParseInput(text, out _, out var errors);
        if (errors.Length > 0)
        {
            throw new RunAiException(
                ErrorIds.InvalidStepDocument, $"The file is no PowerShell: line {errors[0].Extent.StartLineNumber}: {errors[0].Message}");
        }

        if (script.EndBlock
            is not { Statements: [PipelineAst { PipelineElements: [CommandExpressionAst { Expression: HashtableAst table }] }] })
        {
            throw new RunAiException(ErrorIds.InvalidStepDocument, "The file does not hold one table, @{ ... }, and nothing more.");
        }

        try
        {
            return (IDictionary)table.SafeGetValue();
        }
        catch (InvalidOperationException e)
        {
            throw new RunAiException(
                ErrorIds.InvalidStepDocument, "The file holds more than constants: variables, expressions and commands are not run.", e);
        }
    }

    /// <summary>A table as the text of a file.</summary>
    public static string Write(IDictionary table) => Value(table, "") + "\n";

    private static string Value(object? value, string indent) => value switch
    {
        null => "$null",
        bool flag => flag ? "$true" : "$false",
        string text => Quoted(text),
        IDictionary table => Table(table, indent),
        IEnumerable items => $"@({string.Join(", ", items.Cast<object?>().Select(item => Value(item, indent)))})",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString() ?? ""),
    };

    private static string Table(IDictionary table, string indent)
    {
        var inner = indent + "    ";
        var text = new StringBuilder("@{\n");
        foreach (DictionaryEntry entry in table)
        {
            text.Append(inner).Append(Key((string)entry.Key)).Append(" = ").Append(Value(entry.Value, inner)).Append('\n');
        }

        return text.Append(indent).Append('}').ToString();
    }

    private static string Key(string key) =>
        key.Length > 0 && char.IsLetter(key[0]) && key.All(letter => char.IsLetterOrDigit(letter) || letter == '_') ? key : Quoted(key);

    private static string Quoted(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
