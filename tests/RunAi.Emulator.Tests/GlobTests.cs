namespace RunAi.Emulator.Tests;

public class GlobTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*c", "abcd", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*/suspend", "/api/v1/x/suspend", true)]
    [InlineData("a**b*", "axxbyy", true)]
    [InlineData("ABC", "abc", false)]
    public void IsMatch_OfPatternAndText_CoversTheWholeText(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Glob.IsMatch(pattern, text));
}
