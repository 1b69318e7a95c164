using System.Text;
using System.Xml;

namespace RunAi.Help;

/// <summary>Writes the file that Get-Help reads, in MAML. PowerShell's own schemas (PSMaml) hold for it.</summary>
internal sealed class MamlFile
{
    private const string Maml = "http://schemas.microsoft.com/maml/2004/10";
    private const string Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private const string Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private readonly XmlWriter _xml;
    private readonly Site _site;

    private MamlFile(XmlWriter xml, Site site) => (_xml, _site) = (xml, site);

    /// <summary>Writes the help of all commands.</summary>
    public static void Write(string path, IEnumerable<CommandHelp> commands, Site site)
    {
        using var xml = XmlWriter.Create(path, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineChars = "\n" });
        var file = new MamlFile(xml, site);
        xml.WriteStartElement("helpItems", "http://msh");
        xml.WriteAttributeString("schema", "maml");
        foreach (var command in commands)
        {
            file.WriteCommand(command);
        }

        xml.WriteEndElement();
    }

    private void WriteCommand(CommandHelp command)
    {
        Start("command", "command", Command);
        _xml.WriteAttributeString("xmlns", "maml", null, Maml);
        _xml.WriteAttributeString("xmlns", "dev", null, Dev);
        Start("command", "details", Command);
        Element("command", "name", Command, command.Name);
        Paragraphs("description", [command.Synopsis]);
        Paragraphs("copyright", [""]);
        Element("command", "verb", Command, command.Verb);
        Element("command", "noun", Command, command.Noun);
        Element("dev", "version", Dev, "");
        End();
        Paragraphs("description", command.Description);

        Start("command", "syntax", Command);
        foreach (var set in command.Sets)
        {
            Start("command", "syntaxItem", Command);
            Element("maml", "name", Maml, command.Name);
            WriteAll(set.Parameters, parameter => WriteParameter(parameter, isSyntax: true));
            End();
        }

        End();
        if (command.Parameters.Count > 0)
        {
            Start("command", "parameters", Command);
            WriteAll(command.Parameters, parameter => WriteParameter(parameter, isSyntax: false));
            End();
        }

        WriteTypes("inputTypes", "inputType", command.Inputs);
        WriteTypes("returnValues", "returnValue", command.Outputs);
        Element("command", "terminatingErrors", Command, "");
        Element("command", "nonTerminatingErrors", Command, "");
        WriteExamples(command.Examples);
        Start("maml", "relatedLinks", Maml);
        WriteLink("Online version", _site.PageOf(command.Name));
        WriteAll(command.Related, related => WriteLink(related, ""));
        End();
        End();
    }

    private void WriteParameter(ParameterHelp parameter, bool isSyntax)
    {
        Start("command", "parameter", Command);
        _xml.WriteAttributeString("required", Text(parameter.IsMandatory));
        _xml.WriteAttributeString("variableLength", Text(parameter.IsList));
        _xml.WriteAttributeString("globbing", Text(parameter.TakesWildcards));
        _xml.WriteAttributeString("pipelineInput", parameter.PipelineInput);
        _xml.WriteAttributeString("position", parameter.Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "named");
        _xml.WriteAttributeString("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases));
        Element("maml", "name", Maml, parameter.Name);
        var words = parameter.AcceptedValues.Count == 0 ? [] : new[] { $"Values: {string.Join(", ", parameter.AcceptedValues)}." };
        Paragraphs("description", [parameter.Description, .. words]);
        if (isSyntax && parameter.AcceptedValues.Count > 0)
        {
            Start("command", "parameterValueGroup", Command);
            WriteAll(parameter.AcceptedValues, value => WriteValue(value, isRequired: false, parameter.IsList));
            End();
        }
        else if (!(isSyntax && parameter.IsSwitch))
        {
            WriteValue(parameter.Type, isRequired: !parameter.IsSwitch, parameter.IsList);
        }

        Start("dev", "type", Dev);
        Element("maml", "name", Maml, parameter.Type);
        Element("maml", "uri", Maml, "");
        End();
        Element("dev", "defaultValue", Dev, parameter.Default ?? "None");
        End();
    }

    private void WriteValue(string value, bool isRequired, bool isList)
    {
        Start("command", "parameterValue", Command);
        _xml.WriteAttributeString("required", Text(isRequired));
        _xml.WriteAttributeString("variableLength", Text(isList));
        _xml.WriteString(value);
        End();
    }

    private void WriteTypes(string list, string item, IEnumerable<TypeHelp> types)
    {
        Start("command", list, Command);
        foreach (var type in types)
        {
            Start("command", item, Command);
            Start("dev", "type", Dev);
            Element("maml", "name", Maml, type.Type);
            Element("maml", "uri", Maml, "");
            End();
            Paragraphs("description", [type.Description]);
            End();
        }

        End();
    }

    private void WriteExamples(IReadOnlyList<ExampleHelp> examples)
    {
        Start("command", "examples", Command);
        for (var i = 0; i < examples.Count; i++)
        {
            Start("command", "example", Command);
            Element("maml", "title", Maml, $"---------- Example {i + 1}: {examples[i].Title} ----------");
            Element("dev", "code", Dev, examples[i].Code);
            Paragraphs("remarks", [examples[i].Remarks], "dev", Dev);
            End();
        }

        End();
    }

    private void WriteLink(string text, string uri)
    {
        Start("maml", "navigationLink", Maml);
        Element("maml", "linkText", Maml, text);
        Element("maml", "uri", Maml, uri);
        End();
    }

    private void Paragraphs(string name, IEnumerable<string> paragraphs, string prefix = "maml", string space = Maml)
    {
        Start(prefix, name, space);
        WriteAll(paragraphs, paragraph => Element("maml", "para", Maml, paragraph));
        End();
    }

    private static void WriteAll<T>(IEnumerable<T> items, Action<T> write)
    {
        foreach (var item in items)
        {
            write(item);
        }
    }

    private void Start(string prefix, string name, string space) => _xml.WriteStartElement(prefix, name, space);

    private void End() => _xml.WriteEndElement();

    private void Element(string prefix, string name, string space, string text) => _xml.WriteElementString(prefix, name, space, text);

    private static string Text(bool value) => value ? "true" : "false";
}
