using Newtonsoft.Json.Linq;
using RunAi.Configuration;

namespace RunAi.Operators;

/// <summary>How one property of a step operator stands in the configuration file.</summary>
internal sealed class StepOperatorField
{
    private readonly string _name;
    private readonly string _form;
    private readonly Func<StepOperator, JToken?> _toJson;
    private readonly Func<StepOperator, JToken, bool> _fromJson;

    /// <param name="name">The field's name.</param>
    /// <param name="form">What its value must be, for the error.</param>
    /// <param name="toJson">The value, or null to leave the field out.</param>
    /// <param name="fromJson">Takes the value over; false when it has another form.</param>
    public StepOperatorField(
        string name,
        string form,
        Func<StepOperator, JToken?> toJson,
        Func<StepOperator, JToken, bool> fromJson)
    {
        _name = name;
        _form = form;
        _toJson = toJson;
        _fromJson = fromJson;
    }

    public static StepOperatorField Text(string name, Func<StepOperator, string?> get, Action<StepOperator, string> set) =>
        new(name, "text", stepOperator => get(stepOperator) is { } text ? new JValue(text) : null, (stepOperator, json) =>
        {
            if (json.Type != JTokenType.String)
            {
                return false;
            }

            set(stepOperator, (string)json!);
            return true;
        });

    public static StepOperatorField Switch(string name, Func<StepOperator, bool> get, Action<StepOperator, bool> set) =>
        new(name, "true or false", stepOperator => get(stepOperator) ? new JValue(true) : null, (stepOperator, json) =>
        {
            if (json.Type != JTokenType.Boolean)
            {
                return false;
            }

            set(stepOperator, (bool)json);
            return true;
        });

    public static StepOperatorField Seconds(string name, Func<StepOperator, TimeSpan?> get, Action<StepOperator, TimeSpan> set) =>
        new(name, "a number of seconds", stepOperator => JsonSeconds.Write(get(stepOperator)), (stepOperator, json) =>
        {
            if (JsonSeconds.Read(json) is not { } time)
            {
                return false;
            }

            set(stepOperator, time);
            return true;
        });

    public static StepOperatorField Settings(
        string name, Func<StepOperator, StepSettings?> get, Action<StepOperator, StepSettings> set) =>
        new(name, "an object with step settings", stepOperator => get(stepOperator) is { } settings ? SettingsJson.Write(settings) : null,
            (stepOperator, json) =>
            {
                if (json is not JObject values)
                {
                    return false;
                }

                set(stepOperator, SettingsJson.Read(values));
                return true;
            });

    public void Write(StepOperator source, JObject target)
    {
        if (_toJson(source) is { } value)
        {
            target[_name] = value;
        }
        else
        {
            target.Remove(_name);
        }
    }

    public void Read(JObject source, StepOperator target, ConfigurationErrors faults)
    {
        var value = source[_name];
        if (value is null || value.Type == JTokenType.Null)
        {
            return;
        }

        if (!_fromJson(target, value))
        {
            throw faults.Wrong(value, _form);
        }
    }
}
