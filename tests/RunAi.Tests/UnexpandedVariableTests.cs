using RunAi.Wording;

namespace RunAi.Tests;

public class UnexpandedVariableTests
{
    [Theory]
    [InlineData("$(RUNAI_CLIENT_SECRET)", "map a secret one under 'env:'")]
    [InlineData(" $(Build.BuildId) ", "Azure Pipelines has no variable 'Build.BuildId'")]
    [InlineData("${{ secrets.TOKEN }}", "nobody filled in")]
    [InlineData("%TOKEN%", "nobody filled in")]
    [InlineData("<your-secret>", "is a placeholder")]
    public void Flaw_AVariableAlone_IsFound(string text, string words) =>
        Assert.Contains(words, UnexpandedVariable.Flaw(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("s3cr3t")]
    [InlineData("a$(b)c")]
    [InlineData("$(date +%s)")]
    [InlineData("100%")]
    [InlineData("5%x%3")]
    [InlineData("<a><b/></a>")]
    [InlineData("$HOME")]
    public void Flaw_AnyOtherText_HasNone(string text) => Assert.Null(UnexpandedVariable.Flaw(text));

    [Fact]
    public void FlawWithin_FindsOneInsideALongerText() => Assert.NotNull(UnexpandedVariable.FlawWithin("run/$(Build.BuildId)/1"));
}
