using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace RunAi.Json;

/// <summary>
/// How JSON is read and written on the wire. Its own settings: a script may have changed the global ones.
/// </summary>
internal static class WireJson
{
    private const int MaxDepth = 64;

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // JsonSerializer.Create, unlike CreateDefault, does not look at the global settings.
    private static readonly JsonSerializer Serializer = JsonSerializer.Create(new JsonSerializerSettings
    {
        MaxDepth = MaxDepth,
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy() },
        NullValueHandling = NullValueHandling.Ignore,
        ObjectCreationHandling = ObjectCreationHandling.Replace,
        MissingMemberHandling = MissingMemberHandling.Ignore,
        DateParseHandling = DateParseHandling.None,
        DateTimeZoneHandling = DateTimeZoneHandling.Utc,
        TypeNameHandling = TypeNameHandling.None,
        MetadataPropertyHandling = MetadataPropertyHandling.Ignore,
        Culture = System.Globalization.CultureInfo.InvariantCulture,
    });

    /// <summary>
    /// Reads one whole JSON value; text that is cut short, goes on after it, or holds bytes that no JSON text has, is a
    /// <see cref="JsonReaderException"/>: a damaged name or id would be taken for another one.
    /// </summary>
    public static JToken Read(Stream utf8)
    {
        try
        {
            return ReadOne(utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new JsonReaderException("The text is not UTF-8.", e);
        }
    }

    /// <summary>Maps a value to a wire model; a value of another shape is a <see cref="JsonException"/>.</summary>
    public static T Map<T>(JToken value)
        where T : class =>
        value.ToObject<T>(Serializer) ?? throw new JsonSerializationException("The value is null.");

    /// <summary>Writes a model: compact, in camel case, what is null left out.</summary>
    public static string Write(object value) => Write(JToken.FromObject(value, Serializer));

    /// <summary>Writes a body: compact, invariant, in the order of its properties.</summary>
    public static string Write(JToken value)
    {
        using var text = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        using (var json = new ExactJsonWriter(text))
        {
            value.WriteTo(json);
        }

        return text.ToString();
    }

    private static JToken ReadOne(Stream utf8)
    {
        using var text = new JsonCharacters(new StreamReader(utf8, StrictUtf8));
        using var reader = new JsonTextReader(text) { MaxDepth = MaxDepth, DateParseHandling = DateParseHandling.None };
        var value = JToken.ReadFrom(reader);
        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment)
            {
                throw new JsonReaderException("More than one JSON value.");
            }
        }

        return value;
    }
}
