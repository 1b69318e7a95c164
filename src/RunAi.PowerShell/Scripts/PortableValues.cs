using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Runtime.InteropServices;
using System.Security;

namespace RunAi.PowerShell.Scripts;

/// <summary>
/// Tells what cannot travel as CLIXML. Texts, numbers, times, lists, tables and custom objects arrive as they are, any other object as one
/// with the same properties and no methods; what is alive, secret or code would arrive as something else without a word, and is refused.
/// </summary>
internal sealed class PortableValues(List<Violation> violations)
{
    /// <summary>How many lists, tables and custom objects may lie in each other.</summary>
    public const int MostLevels = 10;

    /// <summary>The deepest that was seen: so many levels must be serialised.</summary>
    public int Levels { get; private set; } = 1;

    /// <param name="place">How the value is named in a message.</param>
    /// <param name="value">The value.</param>
    public void Check(string place, object? value) => Check(place, value, 1);

    private void Check(string place, object? value, int level)
    {
        var plain = value is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : value;
        Levels = Math.Max(Levels, level + 1);
        if (Flaw(plain) is { } flaw)
        {
            violations.Add(new Violation(place, flaw));
        }
        else if (level > MostLevels && Children(place, plain).Any())
        {
            violations.Add(new Violation(place, $"lies deeper than {MostLevels} lists, tables and objects in each other, or holds itself. "
                + "Give what the block needs of it as an argument of its own."));
        }
        else if (level <= MostLevels)
        {
            foreach (var (name, child) in Children(place, plain))
            {
                Check(name, child, level + 1);
            }
        }
    }

    private static IEnumerable<(string Place, object? Value)> Children(string place, object? value)
    {
        switch (value)
        {
            case IDictionary table:
                foreach (DictionaryEntry entry in table)
                {
                    yield return ($"{place}.{Convert.ToString(entry.Key, CultureInfo.InvariantCulture)}", entry.Value);
                }

                break;
            case PSObject custom:
                foreach (var property in custom.Properties.OfType<PSNoteProperty>())
                {
                    yield return ($"{place}.{property.Name}", property.Value);
                }

                break;
            case Array array when array.GetType().GetElementType()!.IsPrimitive:
                break;
            case ICollection list:
                var index = 0;
                foreach (var item in list)
                {
                    yield return (FormattableString.Invariant($"{place}[{index++}]"), item);
                }

                break;
        }
    }

    private static string? Flaw(object? value) => value switch
    {
        null or string => null,
        SecureString or PSCredential or NetworkCredential =>
            "is a secret, which would lie in the artifact store. Let the cluster give it to the container, with -Environment @{ NAME = @{ "
            + "secret = 'name'; key = 'k' } }, and read $env:NAME in the block.",
        ScriptBlock => "is a script block, which would arrive as text. Give its text, \"$block\", and make a block of it there with "
            + "[scriptblock]::Create().",
        Delegate => "is code of this session. Write it in the script block.",
        IntPtr or UIntPtr => Alive(value),
        IDisposable or Task or Thread or IAsyncResult or IEnumerator => Alive(value),
        _ => Marshal.IsComObject(value) || value.GetType().IsPointer ? Alive(value) : null,
    };

    private static string Alive(object value) =>
        $"is a {value.GetType().FullName}, which lives in this process (a stream, process, connection, session, handle or the like) and "
        + "cannot travel. Give the data that the block needs of it, such as a path, an id or the properties.";
}
