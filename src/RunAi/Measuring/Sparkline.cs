namespace RunAi.Measuring;

/// <summary>Draws numbers over time as one line of text.</summary>
internal static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Plain = "_.-:=+*#";

    /// <summary>Draws a series: a column is the mean of its part of the span, and blank where nothing was measured.</summary>
    /// <param name="points">Times and values.</param>
    /// <param name="start">The beginning of the span.</param>
    /// <param name="end">Its end.</param>
    /// <param name="top">The value of the highest column; the lowest is zero.</param>
    /// <param name="width">The columns.</param>
    /// <param name="isAscii">True to draw with characters that every console has.</param>
    public static string Draw(
        IEnumerable<(DateTimeOffset Time, double Value)> points, DateTimeOffset start, DateTimeOffset end, double top, int width,
        bool isAscii)
    {
        var levels = isAscii ? Plain : Blocks;
        var (sums, counts) = (new double[width], new int[width]);
        var span = (end - start).Ticks;
        foreach (var (time, value) in points)
        {
            var column = span <= 0 ? 0 : (int)Math.Min(width - 1, (time - start).Ticks / (double)span * width);
            sums[column] += value;
            counts[column]++;
        }

        return new string([.. Enumerable.Range(0, width)
            .Select(column => counts[column] == 0 ? ' ' : levels[Level(sums[column] / counts[column], top, levels.Length)])]).TrimEnd();
    }

    private static int Level(double value, double top, int levels) =>
        top <= 0 ? 0 : (int)Math.Round(Math.Max(0, Math.Min(1, value / top)) * (levels - 1), MidpointRounding.AwayFromZero);
}
