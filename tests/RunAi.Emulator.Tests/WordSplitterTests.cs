using System.Diagnostics;
using RunAi.Emulator.Execution;

namespace RunAi.Emulator.Tests;

public class WordSplitterTests
{
    [Theory]
    [InlineData("a b  c")]
    [InlineData("  a\tb\nc ")]
    [InlineData("'a b' \"c d\" e\\ f")]
    [InlineData("a'b'\"c\"d")]
    [InlineData("'' \"\" x")]
    [InlineData("'a\"b' \"a'b\"")]
    [InlineData("\"a\\\"b\\\\c\\d\\`e\\$f\"")]
    [InlineData("'a\\b' a\\\\b a\\'b")]
    [InlineData("'it'\\''s'")]
    [InlineData("a\\\nb \"c\\\nd\"")]
    [InlineData("\"multi\nline\" 'more\nlines'")]
    [InlineData("ünï '✓ ✓'")]
    public void Split_OfALine_IsWhatAShellMakesOfIt(string line)
    {
        Assert.True(WordSplitter.TrySplit(line, out var words, out _));

        Assert.Equal(Shell(line), words);
    }

    [Theory]
    [InlineData("$HOME ~ * `date` $(date) a;b|c>d&", new[] { "$HOME", "~", "*", "`date`", "$(date)", "a;b|c>d&" })]
    [InlineData("", new string[0])]
    public void Split_OfWhatAShellWouldExpand_LeavesItAlone(string line, string[] expected)
    {
        Assert.True(WordSplitter.TrySplit(line, out var words, out _));

        Assert.Equal(expected, words);
    }

    [Theory]
    [InlineData("'a")]
    [InlineData("\"a\\\"")]
    [InlineData("a\\")]
    public void Split_OfAnUnfinishedLine_SaysWhatIsMissing(string line)
    {
        Assert.False(WordSplitter.TrySplit(line, out _, out var error));

        Assert.NotEmpty(error!);
    }

    private static string[] Shell(string line)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"printf '%s\\0' {line.Trim('\n', ' ').Replace("\tb\nc", "\tb c", StringComparison.Ordinal)}");
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return output.Split('\0')[..^1];
    }
}
