using System.Globalization;
using System.Management.Automation;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Lets a time be given as a <see cref="TimeSpan"/>, as its text (<c>00:30:00</c>) or as a number of seconds; PowerShell alone
/// would read a number as ticks of 100 nanoseconds.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            null or TimeSpan => value,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) => Span(seconds),
            string text => text.Length == 0 ? null : TimeSpan.Parse(text, CultureInfo.InvariantCulture),
            IConvertible number => Span(number.ToDouble(CultureInfo.InvariantCulture)),
            _ => throw new ArgumentTransformationMetadataException(
                $"'{value}' is no time. Give a number of seconds, or a TimeSpan such as 00:30:00."),
        };
    }

    private static TimeSpan Span(double seconds) =>
        double.IsNaN(seconds) || Math.Abs(seconds) > TimeSpan.MaxValue.TotalSeconds / 2
            ? throw new ArgumentTransformationMetadataException("A time must be a number of seconds below 4e11.")
            : TimeSpan.FromSeconds(seconds);
}
