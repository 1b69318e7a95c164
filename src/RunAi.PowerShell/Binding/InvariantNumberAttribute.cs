using System.Globalization;
using System.Management.Automation;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Reads numbers that are given as text, as those of a CSV file are, the same in every culture. PowerShell alone drops commas, so that
/// <c>'0,5'</c> is 5, and rounds for parameters of whole numbers, so that 0.5 is 0.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InvariantNumberAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether the parameter takes whole numbers alone.</summary>
    public bool Whole { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSObjectUnwrapper.Value(inputData);
        if (value is string { Length: > 0 } text)
        {
            value = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new ArgumentTransformationMetadataException(
                    $"'{text}' is not a "
                    + $"{(Whole ? "whole number. Write digits alone, such as 2" : "number. Write it with a point, such as 0.5")}.");
        }

        var fraction = value switch
        {
            decimal number => decimal.Truncate(number) != number,
            double number => Math.Truncate(number) != number,
            float number => Math.Truncate(number) != number,
            _ => false,
        };
        return Whole && fraction
            ? throw new ArgumentTransformationMetadataException(FormattableString.Invariant($"{value} is not a whole number."))
            : value;
    }
}
