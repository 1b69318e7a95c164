using System.Management.Automation;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Lets step settings be given as the object of <c>New-RunAiStepSettings</c> or as a hashtable with either spelling of its keys.
/// A conversion by the engine would be refused in constrained language mode.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StepSettingsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PSObjectUnwrapper.Table(inputData) is { } values ? new StepSettingsInput(values)
        : (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is StepSettings settings ? new StepSettingsInput(settings)
        : inputData;
}
