using System.Globalization;
using System.Xml.Linq;

namespace RunAi.Reports.Html;

/// <summary>A span of time across a picture whose width is 1000 units, however wide it is shown.</summary>
internal sealed class TimeAxis
{
    /// <summary>The width of every picture in its own units.</summary>
    public const double Width = 1000;

    private readonly DateTimeOffset _start;
    private readonly TimeSpan _length;

    /// <param name="start">The left edge.</param>
    /// <param name="end">The right edge.</param>
    public TimeAxis(DateTimeOffset start, DateTimeOffset end)
    {
        _start = start;
        _length = end > start ? end - start : TimeSpan.FromSeconds(1);
    }

    /// <summary>The place of a moment, from 0 to the width.</summary>
    public double At(DateTimeOffset time) => Math.Max(0, Math.Min(1, (time - _start).Ticks / (double)_length.Ticks)) * Width;

    /// <summary>The times at both edges and in the middle.</summary>
    public XElement Labels() => Tag.Of("div", Tag.Class("axis"), new[] { 0, 0.5, 1 }.Select(part => Tag.Of("span", TextAt(part))));

    private string TextAt(double part)
    {
        var time = _start.AddTicks((long)(_length.Ticks * part)).UtcDateTime;
        return time.ToString(_length < TimeSpan.FromDays(1) ? "HH:mm:ss" : "MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
