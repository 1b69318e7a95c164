using RunAi.Runs;

namespace RunAi.Tests.Runs;

public class RunKeyRulesTests
{
    [Theory]
    [InlineData("1234/1")]
    [InlineData("build-1")]
    [InlineData("Team A: nightly 2026-11-29")]
    [InlineData("a_b.c|d")]
    [InlineData("模型/1")]
    [InlineData(null)]
    public void Violations_KeyThatIdentifiesARun_HasNone(string? key) => Assert.Empty(RunKeyRules.Violations(key));

    [Theory]
    [InlineData("/", "identifies nothing")]
    [InlineData(" - _ ", "identifies nothing")]
    [InlineData("/1", "has an empty part")]
    [InlineData("1234/", "has an empty part")]
    [InlineData("a//b", "has an empty part")]
    [InlineData("a: :b", "has an empty part")]
    [InlineData("-1", "has an empty part")]
    [InlineData("$(Build.BuildId)/1", "Azure Pipelines has no variable 'Build.BuildId' here")]
    [InlineData("x-%BUILD_BUILDID%", "%BUILD_BUILDID% is a variable that nobody filled in")]
    [InlineData("${{ github.run_id }}", "nobody filled in")]
    [InlineData("<build id>", "is a placeholder")]
    public void Violations_KeyThatEveryBuildHas_IsRefused(string key, string words)
    {
        var violation = Assert.Single(RunKeyRules.Violations(key));

        Assert.Equal("RunKey", violation.Field);
        Assert.Contains(words, violation.Message, StringComparison.Ordinal);
    }
}
