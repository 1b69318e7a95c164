using System.Collections;
using System.Management.Automation;
using RunAi.Steps;

namespace RunAi.PowerShell.Binding;

/// <summary>The settings among the parameters that a command was given.</summary>
internal static class BoundSettings
{
    public static Hashtable Of(InvocationInfo invocation, SettingSchema schema)
    {
        var given = new Hashtable();
        foreach (var parameter in invocation.BoundParameters.Where(parameter => schema.Find(parameter.Key) is not null))
        {
            given[parameter.Key] = parameter.Value is SwitchParameter flag
                ? flag.IsPresent
                : Given(PSObjectUnwrapper.Value(parameter.Value));
        }

        return given;
    }

    /// <summary>Groups as they were given.</summary>
    private static object? Given(object? value) => value switch
    {
        object?[] items => Array.ConvertAll(items, Given),
        GroupInput input => input.Given,
        _ => value,
    };
}
