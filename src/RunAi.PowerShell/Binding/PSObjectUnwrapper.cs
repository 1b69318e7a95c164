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
