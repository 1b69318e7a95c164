using RunAi.Watching;

namespace RunAi.Tests.Watching;

public sealed class FailureTextTests
{
    [Fact]
    public void Text_SaysEachThingOnce()
    {
        var text = new FailureText("Step 'train' failed with exit code 3: The command ended with exit code 3.")
            .AddAlways("Cause: UserCode", "The command ended with exit code 3")
            .Add("Remedy: ", "Read its log.")
            .Add("The control plane says: ", "")
            .Add("The control plane says: ", "BackoffLimitExceeded")
            .AddBlock("Last events:", ["BackoffLimitExceeded!", "Pulled image"])
            .AddBlock("Last lines of its log:", ["read its log"]);

        Assert.Equal(
            "Step 'train' failed with exit code 3: The command ended with exit code 3.\nCause: UserCode\nRemedy: Read its log.\nThe "
            + "control plane says: BackoffLimitExceeded\n"
            + "Last events:\n  Pulled image",
            text.ToString());
    }
}
