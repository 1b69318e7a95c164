using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;

namespace RunAi.PowerShell.Binding;

/// <summary>Between the plain values of the library's JSON and the shell's objects.</summary>
internal static class RestValues
{
    private const int MostLevels = 60;

    /// <summary>
    /// A value of an answer: an object with a property for each pair, lists as arrays. Of names that differ in their case only, the last is
    /// kept.
    /// </summary>
    public static object? ToShell(object? value)
    {
        switch (value)
        {
            case IReadOnlyList<KeyValuePair<string, object?>> pairs:
                var shell = new PSObject();
                foreach (var pair in pairs)
                {
                    shell.Properties.Remove(pair.Key);
                    shell.Properties.Add(new PSNoteProperty(pair.Key, ToShell(pair.Value)));
                }

                return shell;
            case object?[] list:
                return Array.ConvertAll(list, ToShell);
            default:
                return value;
        }
    }

    /// <summary>A value of a request without the shell's wrappers: custom objects become tables.</summary>
    public static object? ToPlain(object? value) => ToPlain(value, 0);

    private static object? ToPlain(object? value, int level)
    {
        switch (value)
        {
            // What holds itself is left for the library to refuse.
            case not null when level > MostLevels:
                return value;
            case PSObject { BaseObject: PSCustomObject } custom:
                var ofCustom = new OrderedDictionary();
                foreach (var property in custom.Properties.OfType<PSNoteProperty>())
                {
                    ofCustom[property.Name] = ToPlain(property.Value, level + 1);
                }

                return ofCustom;
            case PSObject wrapped:
                return ToPlain(wrapped.BaseObject, level);
            case IDictionary table:
                var plain = new OrderedDictionary();
                foreach (DictionaryEntry entry in table)
                {
                    plain[entry.Key.ToString()!] = ToPlain(entry.Value, level + 1);
                }

                return plain;
            case string:
                return value;
            case IEnumerable list:
                return list.Cast<object?>().Select(item => ToPlain(item, level + 1)).ToArray();
            default:
                return value;
        }
    }
}
