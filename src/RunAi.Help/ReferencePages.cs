using System.Text;

namespace RunAi.Help;

/// <summary>Writes the pages of docs/reference: one for each command, and an index.</summary>
internal static class ReferencePages
{
    private const string Note = "<!-- Written by src/RunAi.Help from the command's doc comments; changes belong there. -->";

    /// <summary>Writes all pages into a folder and removes those of commands that are gone.</summary>
    public static void Write(string folder, IReadOnlyList<CommandHelp> commands)
    {
        Directory.CreateDirectory(folder);
        var pages = Pages(commands);
        foreach (var gone in Directory.GetFiles(folder, "*.md").Where(path => !pages.ContainsKey(Path.GetFileName(path))))
        {
            File.Delete(gone);
        }

        foreach (var page in pages)
        {
            File.WriteAllText(Path.Combine(folder, page.Key), page.Value);
        }
    }

    /// <summary>The text of each page by its file's name.</summary>
    public static IReadOnlyDictionary<string, string> Pages(IReadOnlyList<CommandHelp> commands) =>
        commands.Select(command => (Name: command.Name + ".md", Text: Page(command))).Append((Name: "README.md", Text: Index(commands)))
            .ToDictionary(page => page.Name, page => page.Text);

    private static string Index(IEnumerable<CommandHelp> commands)
    {
        var text = new StringBuilder(
            $"{Note}\n\n# Commands\n\n`Get-Help NAME -Full` shows the same in the shell.\n\n| command | what it does |\n|---|---|\n");
        foreach (var command in commands)
        {
            text.Append($"| [{command.Name}]({command.Name}.md) | {Cell(command.Synopsis)} |\n");
        }

        return text.ToString();
    }

    private static string Page(CommandHelp command)
    {
        var text = new StringBuilder($"{Note}\n\n# {command.Name}\n\n{Prose(command.Synopsis)}\n\n");
        Section(text, "Description", command.Description.Select(paragraph => Prose(paragraph) + "\n"));
        Section(text, "Syntax", command.Sets.Select(set => $"```\n{SyntaxText.Of(command.Name, set)}\n```\n"));
        Section(text, "Examples", command.Examples.Select(example =>
            $"### {Prose(example.Title)}\n\n```powershell\n{example.Code}\n```\n\n{Prose(example.Remarks)}\n"));
        Section(text, "Parameters", command.Parameters.Select(Parameter));
        Section(text, "Inputs", [.. command.Inputs.Select(Type), ""]);
        Section(text, "Outputs", [.. command.Outputs.Select(Type), ""]);
        Section(text, "Related", [string.Join(", ", command.Related.Select(Link).Append("[all commands](README.md)"))]);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Parameter(ParameterHelp parameter)
    {
        var rows = new List<(string Name, string Value)> { ("Type", $"`{parameter.Type}`") };
        Add("Values", string.Join(", ", parameter.AcceptedValues.Select(value => $"`{value}`")));
        Add("Default", parameter.Default is null || parameter.IsSwitch ? "" : $"`{parameter.Default}`");
        Add("Required", parameter.IsMandatory ? "yes" : "");
        Add("Position", parameter.Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");
        Add("From the pipeline", (parameter.TakesPipeline, parameter.TakesProperty) switch
        {
            (true, true) => "the object, or its property of this name",
            (true, false) => "the object",
            (false, true) => "the property of this name",
            _ => "",
        });
        Add("Wildcards", parameter.TakesWildcards ? "yes" : "");
        Add("Aliases", string.Join(", ", parameter.Aliases.Select(alias => $"`{alias}`")));
        return $"### -{parameter.Name}\n\n{Prose(parameter.Description)}\n\n"
            + $"{string.Join("\n", rows.Select(row => $"- {row.Name}: {row.Value}"))}\n";

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                rows.Add((name, value));
            }
        }
    }

    private static string Type(TypeHelp type) => $"- `{type.Type}`{(type.Description.Length > 0 ? " " + Prose(type.Description) : "")}";

    private static string Link(string name) =>
        name.StartsWith("about_", StringComparison.Ordinal) ? $"[{name}](../about/{name}.md)" : $"[{name}]({name}.md)";

    private static void Section(StringBuilder text, string title, IEnumerable<string> parts) =>
        text.Append($"## {title}\n\n{string.Join("\n", parts)}\n");

    /// <summary>Text whose characters mean nothing to Markdown.</summary>
    private static string Prose(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal);

    private static string Cell(string text) => Prose(text).Replace("|", "\\|", StringComparison.Ordinal);
}
