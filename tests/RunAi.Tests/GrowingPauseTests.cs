namespace RunAi.Tests;

public class GrowingPauseTests
{
    private static readonly GrowingPause Pauses = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), 1.5);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 1)]
    [InlineData(1, 1.5)]
    [InlineData(2, 3)]
    [InlineData(4, 5)]
    [InlineData(5, 5)]
    public void After_Pause_IsLongerUpToTheLongest(double before, double after) =>
        Assert.Equal(TimeSpan.FromSeconds(after), Pauses.After(TimeSpan.FromSeconds(before)));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 5)]
    [InlineData(int.MaxValue, 5)]
    public void OfNumber_Number_DoublesUpToTheLongest(int number, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new GrowingPause(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)).OfNumber(number));

    [Fact]
    public void After_LongestBelowTheFirst_IsTheLongest()
    {
        var pauses = new GrowingPause(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(50));

        Assert.Equal(TimeSpan.FromMilliseconds(50), pauses.After(TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromMilliseconds(50), pauses.After(TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public void After_LongestOfManyYears_DoesNotOverflow() =>
        Assert.Equal(
            TimeSpan.MaxValue,
            new GrowingPause(TimeSpan.FromSeconds(1), TimeSpan.MaxValue).After(TimeSpan.FromTicks((long.MaxValue / 2) + 1)));

    [Fact]
    public void OfNumber_NoPause_StaysNone() =>
        Assert.Equal(TimeSpan.Zero, new GrowingPause(TimeSpan.Zero, TimeSpan.Zero).OfNumber(int.MaxValue));
}
