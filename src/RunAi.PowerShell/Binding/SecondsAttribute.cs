using System.Globalization;
using System.Management.Automation;
using RunAi.Wording;

namespace RunAi.PowerShell.Binding;

/// <summary>
/// Lets a duration be given as a <see cref="TimeSpan"/>, as a number of seconds, or as text such as <c>90s</c>, <c>24h</c>, <c>1d12h</c> or
/// <c>00:30:00</c>. PowerShell alone would read a number as ticks of 100 nanoseconds, and <c>24:00:00</c> as 24 days.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = PSObjectUnwrapper.Value(inputData);
        var (duration, flaw) = value switch
        {
            string { Length: 0 } => (null, ""),
            string text => Durations.TryRead(text, out var read, out var wrong) ? (read, "") : (null, wrong),
            TimeSpan or null => (value, ""),
            IConvertible number => Durations.TryFromSeconds(number.ToDouble(CultureInfo.InvariantCulture), out var read, out var wrong)
                ? (read, "")
                : (null, wrong),
            _ => ((object?)null, $"'{value}' is not a duration. Give a number of seconds, or a TimeSpan such as 00:30:00."),
        };
        return flaw.Length == 0 ? duration : throw new ArgumentTransformationMetadataException(flaw);
    }
}
