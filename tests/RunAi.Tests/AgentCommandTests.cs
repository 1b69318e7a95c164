using RunAi.Redaction;

namespace RunAi.Tests;

public class AgentCommandTests
{
    [Theory]
    [InlineData("##vso[task.setvariable variable=p]1", "# #vso[task.setvariable variable=p]1")]
    [InlineData("data ##VSO[x] and ##[error]y", "data # #VSO[x] and # #[error]y")]
    [InlineData("###vso[x]", "## #vso[x]")]
    [InlineData("## heading", "## heading")]
    [InlineData("a#[b]", "a#[b]")]
    public void Break_LeavesNoCommand(string text, string harmless) => Assert.Equal(harmless, AgentCommand.Break(text));

    [Fact]
    public void TextOfServers_AndMessages_GiveNone()
    {
        Assert.Equal("mount # #vso[x]", CleanText.Of("mount ##vso[x]"));
        Assert.Equal("It said # #[error]no", new RunAiException(ErrorIds.ApiError, "It said ##[error]no").Message);
    }
}
