using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace RunAi.Reports.Html;

/// <summary>
/// Makes elements of a page. The page is a tree and every text in it a node, so that the writer of the tree encodes it: whatever a name or
/// a log line holds, it is text.
/// </summary>
internal static class Tag
{
    private static readonly string[] Void = ["meta", "br"];

    /// <summary>An element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Attributes, elements, and anything else as text; null is nothing.</param>
    public static XElement Of(string name, params object?[] content)
    {
        var element = new XElement(name, content.Select(Content));
        if (element.IsEmpty && !Void.Contains(name))
        {
            // Of a tag that closes itself a browser sees only the opening half.
            element.Value = "";
        }

        return element;
    }

    public static XAttribute Attribute(string name, string value) => new(name, Plain(value));

    /// <summary>A number in an attribute of a picture.</summary>
    public static XAttribute Attribute(string name, double value) => new(name, Number(value));

    public static XAttribute Class(string names) => new("class", names);

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Text that a document may hold: of what it may not, a mark stands in its place.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                plain.Append(text, i++, 2);
            }
            else
            {
                plain.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return plain.ToString();
    }

    private static object? Content(object? item) => item switch
    {
        null or XObject => item,
        string text => new XText(Plain(text)),
        IEnumerable<XObject?> several => several,
        _ => new XText(Plain(Convert.ToString(item, CultureInfo.InvariantCulture) ?? "")),
    };
}
