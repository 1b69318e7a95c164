using System.Text;

namespace RunAi.Help;

/// <summary>
/// Writes the table of step settings into its page: from the library's table of settings, and what New-RunAiStepSettings says of each.
/// </summary>
internal static class SettingsTable
{
    /// <summary>The line before the table in the page.</summary>
    public const string Begin = "<!-- Written by src/RunAi.Help from the table of settings and the doc comments of New-RunAiStepSettings; "
        + "changes belong there. -->";

    /// <summary>The line after the table in the page.</summary>
    public const string End = "<!-- end -->";

    /// <summary>Writes the table into a page that has the two lines.</summary>
    public static void Write(string path, IReadOnlyList<CommandHelp> commands) =>
        File.WriteAllText(path, In(File.ReadAllText(path).ReplaceLineEndings("\n"), SettingRow.All(), commands));

    /// <summary>The page with the table that is current.</summary>
    /// <exception cref="InvalidDataException">The page lacks the lines, or a setting is no parameter.</exception>
    public static string In(string page, IReadOnlyList<SettingRow> rows, IReadOnlyList<CommandHelp> commands)
    {
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        return begin < 0 || end < begin
            ? throw new InvalidDataException($"The page lacks '{Begin}' before '{End}'.")
            : $"{page[..(begin + Begin.Length)]}\n\n{Text(rows, commands)}\n{page[end..]}";
    }

    private static string Text(IReadOnlyList<SettingRow> rows, IReadOnlyList<CommandHelp> commands)
    {
        var parameters = commands.Single(command => command.Name == "New-RunAiStepSettings").Parameters
            .ToDictionary(parameter => parameter.Name);
        var text = new StringBuilder("| parameter | default | what it means | other names |\n|---|---|---|---|\n");
        foreach (var row in rows)
        {
            var parameter = parameters.GetValueOrDefault(row.Name)
                ?? throw new InvalidDataException($"The setting {row.Name} is no parameter of New-RunAiStepSettings.");
            var standard = row.Default ?? (parameter.IsSwitch ? "off" : parameter.Default) ?? "";
            var names = string.Join(", ", row.OtherNames.Select(name => $"`{name}`"));
            text.Append($"| {row.Name} | {Cell(standard)} | {Cell(parameter.Description)} | {names} |\n");
        }

        return text.ToString();
    }

    private static string Cell(string text) => text
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal);
}
