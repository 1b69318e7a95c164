using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Security;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Json;
using RunAi.Redaction;

namespace RunAi.Rest;

/// <summary>
/// Between JSON and plain values: null, texts, numbers, true and false, times, lists, and objects as pairs in their order. The shell must
/// not see the JSON library's types.
/// </summary>
internal static class RestJson
{
    private const int MostLevels = 60;

    private static readonly Regex Time = new(
        @"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant);

    /// <summary>A value of an answer. Texts in the API's form of a time become times.</summary>
    public static object? Read(JToken? token) => token switch
    {
        null or { Type: JTokenType.Null or JTokenType.Undefined } => null,
        JArray array => array.Select(Read).ToArray(),
        JObject pairs => (IReadOnlyList<KeyValuePair<string, object?>>)[.. pairs.Properties()
            .Select(property => new KeyValuePair<string, object?>(property.Name, Read(property.Value)))],
        JValue { Value: BigInteger big } => (double)big,
        JValue { Value: string text } when Time.IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        JValue value => value.Value,
        _ => throw new InvalidOperationException($"JSON has no {token.Type}."),
    };

    /// <summary>The text of a body.</summary>
    /// <exception cref="RunAiException"><see cref="ErrorIds.InvalidRestRequest"/>.</exception>
    public static string Write(object body)
    {
        if (body is not string text)
        {
            return WireJson.Write(ToToken(body, 0));
        }

        try
        {
            return WireJson.Write(WireJson.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text))));
        }
        catch (JsonException e)
        {
            throw Invalid($"-Body is no JSON text: {CleanText.Of(e.Message)} Give a hashtable or an object instead, or correct the text.");
        }
    }

    /// <summary>A value as a parameter of a query has it.</summary>
    public static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        DateTimeOffset or DateTime => ((string?)ToToken(value, 0))!,
        _ => InvariantText.Of(value),
    };

    /// <summary>The failure of a request that is not sent.</summary>
    public static RunAiException Invalid(string message, object? target = null) =>
        new(ErrorIds.InvalidRestRequest, message) { Target = target };

    private static JToken ToToken(object? value, int level) => value switch
    {
        _ when level > MostLevels => throw Invalid($"-Body is deeper than {MostLevels} lists and objects in each other, or holds itself."),
        null => JValue.CreateNull(),
        string or bool or sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal =>
            new JValue(value),
        char or Guid or Uri or Enum => new JValue(Convert.ToString(value, CultureInfo.InvariantCulture)),
        DateTimeOffset time => new JValue(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        DateTime time => new JValue(time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        SecureString =>
            throw Invalid("-Body holds a SecureString: what it hides would be sent readably. Take it out, or reveal it yourself."),
        IDictionary table => new JObject(table.Keys.Cast<object>().Select(key =>
            new JProperty(Convert.ToString(key, CultureInfo.InvariantCulture)!, ToToken(table[key], level + 1)))),
        IEnumerable list => new JArray(list.Cast<object?>().Select(item => ToToken(item, level + 1))),
        _ => throw Invalid($"-Body holds a {value.GetType().FullName}, which has no form in JSON. Give hashtables, lists, texts, numbers, "
            + "times, true, false and null."),
    };
}
