using System.Management.Automation;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Lets a retry policy be given as a hashtable. A conversion by the engine would be refused in constrained language mode.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RetryTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        PSObjectUnwrapper.Table(inputData) is { } values ? new RetryInput(values) : inputData;
}
