using System.Diagnostics;
using System.Text;
using CsCheck;
using RunAi.Steps;

namespace RunAi.Tests.Steps;

public sealed class PosixQuotingTests
{
    private const string Shell = "/bin/sh";
    private const int CasesPerShell = 500;

    private static readonly Gen<string> Word = Gen.OneOf(
        Gen.String[Gen.Char["ab-=/.,:%+@_19"], 0, 8],
        Gen.String[Gen.Char["a '\"\\$`!*?[]{}()<>|&;#~^\t\n\r=é中\u0080\u0081\uffff"], 0, 12],
        Gen.OneOf("", "'", "''", "\\", "\n", "$HOME", "`id`", "$(id)", "-n", "--", "a\\'b", "😀", "*", "~", "\u0001\u007f"));

    [SkippableFact]
    public void Join_AnyWords_AShellSplitsThemAgain()
    {
        Skip.IfNot(File.Exists(Shell), "There is no POSIX shell here.");
        Word.Array[1, 6].Array[CasesPerShell].Sample(cases =>
        {
            var script = new StringBuilder();
            var expected = new StringBuilder();
            foreach (var words in cases)
            {
                script.Append("set -- ").Append(PosixQuoting.Join(words)).Append("\nprintf '%s\\0' \"$#\" \"$@\"\n");
                expected.AppendJoin("", [$"{words.Length}\0", .. words.Select(word => word + "\0")]);
            }

            Assert.Equal(Encoding.UTF8.GetBytes(expected.ToString()), Run(script.ToString()));
        }, iter: 12, threads: 1);
    }

    [Fact]
    public void Join_NoWords_IsNull() => Assert.Null(PosixQuoting.Join([]));

    [Fact]
    public void Join_OneEmptyWord_IsAPairOfQuotes() => Assert.Equal("''", PosixQuoting.Join([""]));

    [Theory]
    [InlineData("train.py", "train.py")]
    [InlineData("--lr=0.1", "--lr=0.1")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("two\nlines", "'two\nlines'")]
    [InlineData("plain\n", "'plain\n'")]
    public void Quote_Word_IsQuotedOnlyWhereItMustBe(string word, string expected) => Assert.Equal(expected, PosixQuoting.Quote(word));

    private static byte[] Run(string script)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, script, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            using Process shell = Process.Start(ProgramStart.Of(Shell, file))!;
            using var output = new MemoryStream();
            shell.StandardOutput.BaseStream.CopyTo(output);
            shell.WaitForExit();
            Assert.Equal(0, shell.ExitCode);
            return output.ToArray();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
