using System.Globalization;
using RunAi.Steps;
using RunAi.Wording;

namespace RunAi;

/// <summary>When a step is stopped since its GPUs do nothing. Never sent: whoever waits for the run keeps it.</summary>
public sealed class IdleLimit : SettingGroup
{
    internal IdleLimit()
        : base(GroupSchemas.IdleLimit)
    {
    }

    /// <summary>The use of its GPUs, in percent, below which they are idle; above 0 and at most 100 (mandatory).</summary>
    public double? Below { get => Get<double?>(); internal init => Set(value); }

    /// <summary>How long they may be idle without a break while it runs, above zero (mandatory).</summary>
    public TimeSpan? For { get => Get<TimeSpan?>(); internal init => Set(value); }

    /// <summary>The limit.</summary>
    /// <returns>For example <c>below 5 % for 00:30:00</c>.</returns>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "below {0:0.##} % for {1}", Below, For is { } time ? Durations.Text(time) : "");
}
