namespace RunAi.Help;

/// <summary>Writes how a command is called, as Get-Help does.</summary>
internal static class SyntaxText
{
    private const int Width = 110;

    /// <summary>Lines of at most 110 columns.</summary>
    public static string Of(string command, ParameterSetHelp set)
    {
        var lines = new List<string>();
        var line = command;
        foreach (var word in set.Parameters.Select(Of).Append("[<CommonParameters>]"))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                lines.Add(line);
                line = "   ";
            }

            line += " " + word;
        }

        return string.Join("\n", lines.Append(line));
    }

    private static string Of(ParameterHelp parameter)
    {
        var value = parameter.AcceptedValues.Count is > 0 and < 8
            ? $" {{{string.Join(" | ", parameter.AcceptedValues)}}}"
            : $" <{parameter.Type}>";
        var name = parameter.Position is null ? "-" + parameter.Name : $"[-{parameter.Name}]";
        var word = parameter.IsSwitch ? name : name + value;
        return parameter.IsMandatory ? word : $"[{word}]";
    }
}
