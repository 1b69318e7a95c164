using System.Collections;
using System.Collections.Specialized;
using System.Runtime.CompilerServices;
using RunAi.Steps;

namespace RunAi;

/// <summary>Settings that belong together: those of a step, a mount, a toleration and so on. What nobody set is null.</summary>
public abstract class SettingGroup
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    private protected SettingGroup(SettingSchema schema) => Schema = schema;

    /// <summary>The table of what can be set.</summary>
    internal SettingSchema Schema { get; }

    /// <summary>True for an item that is to be taken out of what the project's policy adds.</summary>
    internal bool IsExcluded => this["Exclude"] is true;

    /// <summary>A setting by its PowerShell name, null when nobody set it.</summary>
    internal object? this[string name]
    {
        get => _values.TryGetValue(name, out var value) ? value : null;
        set
        {
            if (value is null)
            {
                _values.Remove(name);
            }
            else
            {
                _values[name] = Schema.Row(name).Normalise(value);
            }
        }
    }

    /// <summary>What is set, by PowerShell names, in forms any JSON writer stores (times as seconds, groups as dictionaries).</summary>
    /// <returns>An ordered dictionary that a command or <see cref="StepSettings.FromDictionary"/> reads back into the same
    /// settings.</returns>
    public IDictionary ToDictionary()
    {
        var plain = new OrderedDictionary();
        if (Schema.Kind is { } kind)
        {
            plain.Add(SettingSchema.KindKey, kind);
        }

        foreach (StepSetting row in Schema.Rows)
        {
            if (this[row.Name] is { } value)
            {
                plain.Add(row.Name, SettingValue.Plain(value));
            }
        }

        return plain;
    }

    private protected T? Get<T>([CallerMemberName] string name = "") => (T?)this[name];

    private protected void Set(object? value, [CallerMemberName] string name = "") => this[name] = value;
}
