using System.Management.Automation;

namespace RunAi.PowerShell.Binding;

/// <summary>Takes groups of settings as they are given, one or many.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GroupTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Makes inputs of a class.</summary>
    /// <param name="input">The class, derived from <see cref="GroupInput"/>.</param>
    public GroupTransformationAttribute(Type input) => Input = input;

    /// <summary>The class of the inputs.</summary>
    public Type Input { get; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PSObjectUnwrapper.Value(inputData) switch
    {
        null => null,
        object?[] items => Array.ConvertAll(items, Of),
        var item => Of(item),
    };

    private object? Of(object? given)
    {
        if (given is null or GroupInput)
        {
            return given;
        }

        var input = (GroupInput)Activator.CreateInstance(Input)!;
        input.Given = given;
        return input;
    }
}
