using System.Text;
using Newtonsoft.Json.Linq;
using RunAi.Json;

namespace RunAi.Editions;

/// <summary>JSON as a control plane may send it, and what an edition makes of it when it is read and written again.</summary>
internal static class JsonSamples
{
    private static readonly string[] Texts =
    [
        """{"a":9223372036854775807,"b":9223372036854775808,"c":-123456789012345678901234567890}""",
        """{"a":0.1,"b":1.0,"d":1e21,"e":123456789.123456789,"f":5e-324,"g":1.7976931348623157e308}""",
        """{"date":"2026-03-29T02:30:00Z","offset":"2026-03-29T02:30:00.1234567+02:00","nothing":null}""",
        """{"text":"\u0000\u001f\u2028\ud834\udd1e\/\"\\<>&'é"}""",
        """{"İ":1,"i":2,"I":3,"ß":4,"ss":5}""",
    ];

    /// <summary>One line for each text.</summary>
    public static IReadOnlyList<string> Lines() => [.. Texts.Select(text => WireJson.Write(Read(text)))];

    private static JToken Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return WireJson.Read(stream);
    }
}
