using System.Text;
using RunAi.Processes;

namespace RunAi.Tests;

public sealed class ProcessPlatformTests
{
    [Fact]
    public void Start_WhereTheConsoleIsUtf8_SendsNoByteOrderMark()
    {
        var before = Console.InputEncoding;
        try
        {
            Console.InputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);
            using var process = ProcessPlatform.Start(ProgramStart.Of("cat"))!;
            process.StandardInput.BaseStream.WriteByte((byte)'x');
            process.StandardInput.Close();
            using var answer = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(answer);
            process.WaitForExit();

            Assert.Equal("x"u8.ToArray(), answer.ToArray());
            Assert.NotEmpty(Console.InputEncoding.GetPreamble());
        }
        finally
        {
            Console.InputEncoding = before;
        }
    }
}
