using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace RunAi.Json;

/// <summary>The configuration's text form: JSON read strictly and exactly, with nothing of Newtonsoft's global settings.</summary>
internal static class StrictJson
{
    private static readonly JsonLoadSettings Strict = new()
    {
        DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error,
        CommentHandling = CommentHandling.Ignore,
        LineInfoHandling = LineInfoHandling.Load,
    };

    /// <summary>Reads one JSON object and nothing after it. Texts that look like dates and decimals stay as written.</summary>
    /// <exception cref="JsonException">The text is something else.</exception>
    public static JObject Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text))
        {
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Decimal,
        };
        var root = JObject.Load(reader, Strict);
        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment)
            {
                throw new JsonReaderException(
                    "There is something after the end of the object.", reader.Path, reader.LineNumber, reader.LinePosition, null);
            }
        }

        return root;
    }

    /// <summary>The object, indented, with a newline at the end on every system.</summary>
    public static string Write(JObject root)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using (var json = new ExactJsonWriter(text) { Formatting = Formatting.Indented })
        {
            root.WriteTo(json);
        }

        return text.ToString() + "\n";
    }
}
