using System.Management.Automation;
using RunAi.Steps;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Lets a group of settings, such as a mount, be given as an object of its command, or as a hashtable or short text. The latter are read when the
/// command runs, with all other settings, so that everything that is wrong is told at once and with the module's own error.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GroupTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Means the groups of a setting.</summary>
    /// <param name="setting">The setting's name.</param>
    public GroupTransformationAttribute(string setting) => Setting = setting;

    /// <summary>The setting's name.</summary>
    public string Setting { get; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PSObjectUnwrapper.Value(inputData) switch
    {
        null => null,
        object?[] items => Array.ConvertAll(items, Group),
        var item => Group(item),
    };

    private object? Group(object? given)
    {
        if (given is null or SettingGroup)
        {
            return given;
        }

        var group = StepSettingsSchema.Find(Setting)!.Groups[0].Create();
        group.Given = given;
        return group;
    }
}
