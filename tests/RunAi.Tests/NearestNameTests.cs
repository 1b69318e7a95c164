using RunAi.Wording;


namespace RunAi.Tests;

public class NearestNameTests
{
    [Theory]
    [InlineData("gpuu", "gpu")]
    [InlineData("GPU", "gpu")]
    [InlineData("gup", "gpu")]
    [InlineData("vison", "vision")]
    [InlineData("tranining", "training")]
    [InlineData("something-else", null)]
    [InlineData("", null)]
    public void Of_NameGiven_IsTheOneWithTheFewestEdits(string given, string? expected) =>
        Assert.Equal(expected, NearestName.Of(given, ["training", "vision", "gpu"]));

    [Fact]
    public void Of_NothingKnown_IsNone() => Assert.Null(NearestName.Of("gpu", []));
}
