using System.Globalization;

namespace RunAi.Runs;

/// <summary>Who suspended or deleted the workload of a run: a command that gave up.</summary>
/// <param name="How">What made it give up, such as <c>Ctrl+C</c>.</param>
/// <param name="Host">The machine it ran on.</param>
/// <param name="At">When, by the control plane's clock.</param>
internal sealed record RunStop(string How, string Host, DateTimeOffset At)
{
    public const string Interrupt = "Ctrl+C";

    /// <summary>In words that go on after "was".</summary>
    public override string ToString() =>
        $"stopped by {How} of an earlier command on {Host} at "
        + $"{At.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC";
}
