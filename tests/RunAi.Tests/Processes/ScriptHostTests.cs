using RunAi.Processes;

namespace RunAi.Tests.Processes;

/// <summary>A console host that runs one script or command ends with it; one with a prompt does not.</summary>
public sealed class ScriptHostTests
{
    [Theory]
    [InlineData("-NoProfile -File a.ps1")]
    [InlineData("-c Get-Date")]
    [InlineData("-NonInteractive -EncodedCommand AA==")]
    [InlineData("-ExecutionPolicy Bypass a.ps1")]
    [InlineData("a.ps1 -NoExit")]
    [InlineData("-")]
    public void EndsWithItsScript(string arguments) => Assert.True(ScriptHost.EndsWithItsScript(arguments.Split(' ')));

    [Theory]
    [InlineData("-NoProfile")]
    [InlineData("-NoExit -File a.ps1")]
    [InlineData("-WorkingDirectory /tmp")]
    public void ShowsAPrompt(string arguments) => Assert.False(ScriptHost.EndsWithItsScript(arguments.Split(' ')));

    [Fact]
    public void OtherHosts_AreNotKnown()
    {
        Assert.False(ScriptHost.EndsWithItsScript("ServerRemoteHost"));
        Assert.False(ScriptHost.EndsWithItsScript([]));
    }
}
