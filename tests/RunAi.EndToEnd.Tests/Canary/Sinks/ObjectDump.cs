using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace RunAi.EndToEnd.Tests.Canary.Sinks;

/// <summary>An object as everybody who holds it can see it: its words, its properties and theirs, and its CLIXML.</summary>
internal static partial class ObjectDump
{
    private const int Deepest = 6;
    private const int Longest = 200;

    public static string Of(object thing)
    {
        var text = new StringBuilder();
        Walk(thing, "", 0, text, []);

        // An error knows its command, and that its module with all that is in it: what Export-Clixml takes of it by itself is enough.
        var clixml = thing is ErrorRecord or PSObject { BaseObject: ErrorRecord }
            ? PSSerializer.Serialize(thing)
            : PSSerializer.Serialize(thing, depth: 4);

        // A SecureString travels in CLIXML by the engine's own means, which is what users choose it for.
        return text.AppendLine(SecureText().Replace(clixml, "")).ToString();
    }

    private static void Walk(object? thing, string path, int depth, StringBuilder text, HashSet<object> seen)
    {
        var plain = thing is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : thing;
        if (plain is null or SecureString || depth > Deepest
            || (!plain.GetType().IsValueType && plain is not string && !seen.Add(new Identity(plain))))
        {
            return;
        }

        text.Append(path).Append(": ").AppendLine(Words(plain));
        if (plain is string || plain.GetType().IsPrimitive || plain.GetType().IsEnum
            || plain is Type or MemberInfo or Assembly or Delegate or CultureInfo or CommandInfo)
        {
            return;
        }

        if (plain is IDictionary table)
        {
            foreach (DictionaryEntry entry in table)
            {
                Walk(entry.Value, $"{path}[{entry.Key}]", depth + 1, text, seen);
            }
        }
        else if (plain is IEnumerable many)
        {
            foreach (var item in many.Cast<object?>().Take(Longest))
            {
                Walk(item, path + "[]", depth + 1, text, seen);
            }
        }

        foreach (var property in PSObject.AsPSObject(thing!).Properties)
        {
            Walk(Value(property), $"{path}.{property.Name}", depth + 1, text, seen);
        }
    }

    private static string Words(object thing) =>
        thing is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : thing.ToString() ?? "";

    private static object? Value(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException unreadable)
        {
            return unreadable.Message;
        }
    }

    [GeneratedRegex("<SS[^>]*>[^<]*</SS>")]
    private static partial Regex SecureText();

    /// <summary>Compares by being the same, whatever the object itself calls equal.</summary>
    private sealed class Identity(object thing)
    {
        private readonly object _thing = thing;

        public override bool Equals(object? obj) => obj is Identity other && ReferenceEquals(_thing, other._thing);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(_thing);
    }
}
