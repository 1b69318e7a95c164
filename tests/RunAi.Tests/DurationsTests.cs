using RunAi.Wording;

namespace RunAi.Tests;

public class DurationsTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("1.5", 1.5)]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("24h", 86400)]
    [InlineData("1d12h", 129600)]
    [InlineData("1.5h", 5400)]
    [InlineData(" 2h30m ", 9000)]
    [InlineData("01:30:00", 5400)]
    [InlineData("23:59", 86340)]
    [InlineData("1.00:00:00", 86400)]
    [InlineData("30.00:00:00", 2592000)]
    [InlineData("1:02:03:04", 93784)]
    public void TryRead_TakesWhatPeopleWrite(string text, double seconds)
    {
        Assert.True(Durations.TryRead(text, out var duration, out var flaw), flaw);
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("24:00:00", "would be 24 days", "Write 24h or 1.00:00:00 for 24 hours")]
    [InlineData("48:30", "would be 48 days", "Write 48h or 2.00:30 for 48 hours")]
    [InlineData("72:00:00.5", "would be 72 days", "3.00:00:00.5")]
    [InlineData("1h1d", "is not a duration", "1d12h")]
    [InlineData("1,5", "is not a duration", "90s")]
    [InlineData("00:90:00", "is not a duration", "01:30:00")]
    [InlineData("soon", "is not a duration", "15m")]
    [InlineData("1e300", "below 4e11", "seconds")]
    [InlineData("NaN", "below 4e11", "seconds")]
    public void TryRead_RefusesWhatCannotBeMeant(string text, string wrong, string right)
    {
        Assert.False(Durations.TryRead(text, out _, out var flaw));
        Assert.Contains(wrong, flaw, StringComparison.Ordinal);
        Assert.Contains(right, flaw, StringComparison.Ordinal);
    }
}
