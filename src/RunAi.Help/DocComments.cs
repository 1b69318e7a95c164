using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RunAi.Help;

/// <summary>The doc comments of an assembly, as the compiler writes them.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, XElement> _members;

    /// <param name="path">The compiler's XML file.</param>
    public DocComments(string path) =>
        _members = XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>
    /// The paragraphs of one kind in the summary of a type or property; a property that says nothing has those of the one it overrides.
    /// </summary>
    public IReadOnlyList<string> Paragraphs(MemberInfo member, string kind)
    {
        var own = Find(member)?.Element("summary")?.Elements("para")
            .Where(para => para.Attribute("type")?.Value == kind).Select(Text).ToList() ?? [];
        var overridden = own.Count == 0 && member is PropertyInfo { DeclaringType.BaseType: { } above }
            ? above.GetProperty(member.Name)
            : null;
        return overridden is null ? own : Paragraphs(overridden, kind);
    }

    /// <summary>The examples of a type: a paragraph for the title, the code, and paragraphs that say what comes back.</summary>
    public IReadOnlyList<ExampleHelp> Examples(Type type) => [.. (Find(type)?.Elements("example") ?? []).Select(Example)];

    private static ExampleHelp Example(XElement example)
    {
        var code = example.Element("code") ?? throw new InvalidDataException($"An example has no code: {example}");
        return new ExampleHelp(
            string.Join(" ", code.ElementsBeforeSelf("para").Select(Text)),
            code.Value.Trim(),
            string.Join(" ", code.ElementsAfterSelf("para").Select(Text)),
            code.Attribute("test")?.Value == "emulator");
    }

    private XElement? Find(MemberInfo member) =>
        _members.GetValueOrDefault(member is Type type ? $"T:{type.FullName}" : $"P:{member.DeclaringType!.FullName}.{member.Name}");

    private static string Text(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(node switch
            {
                XText part => part.Value,
                XElement { Name.LocalName: "see" or "paramref" or "seealso" } reference => LastName(reference),
                XElement part => Text(part),
                _ => "",
            });
        }

        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    private static string LastName(XElement reference) => (reference.FirstAttribute?.Value ?? "").Split('.', ':').Last();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
