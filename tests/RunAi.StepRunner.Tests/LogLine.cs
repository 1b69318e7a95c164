using System.Globalization;

namespace RunAi.StepRunner.Tests;

/// <summary>A line of the stored log.</summary>
internal sealed record LogLine(DateTimeOffset Time, string Stream, bool IsWhole, string Text)
{
    public static LogLine Parse(string line)
    {
        var parts = line.Split(' ', 4);
        Assert.Contains(parts[2], new[] { "P", "F" });
        return new LogLine(DateTimeOffset.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts[2] == "F", parts[3]);
    }
}
