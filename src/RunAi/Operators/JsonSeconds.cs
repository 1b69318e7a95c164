using Newtonsoft.Json.Linq;

namespace RunAi.Operators;

/// <summary>Times in the configuration file: numbers of seconds, exact to the tick.</summary>
internal static class JsonSeconds
{
    public static JToken? Write(TimeSpan? time) => time switch
    {
        null => null,
        { } value when value.Ticks % TimeSpan.TicksPerSecond == 0 => new JValue(value.Ticks / TimeSpan.TicksPerSecond),
        { } value => new JValue((decimal)value.Ticks / TimeSpan.TicksPerSecond),
    };

    /// <summary>The time, or null when the value is no number or too large for one.</summary>
    public static TimeSpan? Read(JToken json)
    {
        if (json.Type is not (JTokenType.Integer or JTokenType.Float))
        {
            return null;
        }

        try
        {
            return TimeSpan.FromTicks(decimal.ToInt64((decimal)json * TimeSpan.TicksPerSecond));
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
