using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace RunAi.PowerShell.Binding;

/// <summary>Takes the engine's wrappers off values, so that the library sees plain objects.</summary>
internal static class PSObjectUnwrapper
{
    public static object? Value(object? value) => value switch
    {
        PSObject wrapped when wrapped.BaseObject is not PSCustomObject => Value(wrapped.BaseObject),
        IDictionary dictionary => Dictionary(dictionary),
        object?[] array => Array.ConvertAll(array, Value),
        ArrayList list => Array.ConvertAll(list.ToArray(), Value),
        _ => value,
    };

    /// <summary>The table that a hashtable is, or an object that has properties alone, as one from JSON; null for anything else.</summary>
    public static IDictionary? Table(object? given)
    {
        if (given is PSObject { BaseObject: PSCustomObject } item)
        {
            var table = new OrderedDictionary();
            foreach (var property in item.Properties)
            {
                table[property.Name] = property.Value;
            }

            return table;
        }

        return (given is PSObject wrapped ? wrapped.BaseObject : given) as IDictionary;
    }

    public static OrderedDictionary Dictionary(IDictionary dictionary)
    {
        var plain = new OrderedDictionary();
        foreach (DictionaryEntry entry in dictionary)
        {
            plain[Value(entry.Key)!] = Value(entry.Value);
        }

        return plain;
    }
}
