using RunAi.Wording;

namespace RunAi.Tests.Steps;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("portoin", "Did you mean portion?")]
    [InlineData("everything", "Known are portion, memory.")]
    public void For_UnknownWord_NamesTheNearestOrAll(string word, string expected) =>
        Assert.Equal(expected, Suggestion.For(word, ["portion", "memory"]));
}
