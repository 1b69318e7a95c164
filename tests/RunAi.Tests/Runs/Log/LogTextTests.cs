using CsCheck;
using RunAi.Runs.Log;

namespace RunAi.Tests.Runs.Log;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("plain täxt 日本 😀 👩‍🚀", "plain täxt 日本 😀 👩‍🚀")]
    [InlineData("a\tb\r", "a\tb")]
    [InlineData("10%\r20%", "20%")]
    [InlineData("10%\r20%\r", "20%")]
    [InlineData("\r 5%\r10%\r   \r", "10%")]
    [InlineData("10%\r\u001b[K", "10%")]
    [InlineData("\r\r", "")]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("\u001b]0;title\u0007x", "x")]
    [InlineData("\u001b]8;;http://evil\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b[2J\u001b[1;1Hgone", "gone")]
    [InlineData("\u009b31mx", "x")]
    [InlineData("\u001bPq#0\u001b\\x", "x")]
    [InlineData("\u001bcx", "x")]
    [InlineData("\u001b", "\u241b")]
    [InlineData("a\bb\u0000", "a\u2408b\u2400")]
    [InlineData("a\u202Eb\u2066c\u200Fd\uFEFFe", "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe")]
    [InlineData("a\u2028b\u0085c", "a\uFFFDb\uFFFDc")]
    [InlineData("\U000E0041x", "\uFFFDx")]
    public void Clean_TakesOutWhatMovesOrReorders(string text, string expected) => Assert.Equal(expected, LogText.Clean(text, false));

    [Theory]
    [InlineData("##vso[task.setvariable variable=x]y", "# #vso[task.setvariable variable=x]y")]
    [InlineData("  ##VSO[task.complete]", "  # #VSO[task.complete]")]
    [InlineData("##[error]no", "# #[error]no")]
    [InlineData("x ##vso[a]", "x # #vso[a]")]
    [InlineData("#\u001b[0m#vso[a]", "# #vso[a]")]
    [InlineData("###vso[a]", "## #vso[a]")]
    [InlineData("## heading", "## heading")]
    public void Clean_UnderAzureDevOps_LeavesNoCommand(string text, string expected) => Assert.Equal(expected, LogText.Clean(text, true));

    [Fact]
    public void Shorten_CutsAVeryLongLine_AndSaysByHowMuch()
    {
        var shown = LogText.Shorten(new string('x', LogText.MostShown + 123), false);

        Assert.StartsWith(new string('x', LogText.MostShown) + " ... (123 more characters", shown, StringComparison.Ordinal);
        Assert.Equal("short", LogText.Shorten("short", false));
    }

    [Fact]
    public void Clean_AnyText_HasNoControlCharacterAndNoCommandLeft()
    {
        var hostile = Gen.OneOf(
            Gen.Char['\0', '\u00a0'], Gen.Char['\u2000', '\u206f'], Gen.OneOf('#', '[', 'v', 's', 'o', '\u001b', '\ud800'));
        Gen.String[hostile, 0, 40].Sample(
            text =>
            {
                var clean = LogText.Clean(text, true);
                return !clean.Any(c => (char.IsControl(c) && c != '\t') || c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069')
                    && !clean.Contains("##vso[", StringComparison.OrdinalIgnoreCase) && !clean.Contains("##[", StringComparison.Ordinal);
            },
            iter: 2_000);
    }
}
