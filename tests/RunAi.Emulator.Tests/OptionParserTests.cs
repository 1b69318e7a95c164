using RunAi.Emulator.CommandLine;

namespace RunAi.Emulator.Tests;

public class OptionParserTests
{
    [Fact]
    public void Parse_OfEveryOption_TakesItsValue()
    {
        var options = OptionParser.Parse(
            ["--port", "8080", "--executor=container", "--engine", "tcp://e", "--seed", "s.json", "--state", "t.json", "--parent", "7"]);

        Assert.Equal(
            new EmulatorOptions
            {
                Port = 8080,
                Executor = ExecutorKind.Container,
                Engine = "tcp://e",
                SeedPath = "s.json",
                StatePath = "t.json",
                ParentProcessId = 7,
            },
            options);
    }

    [Fact]
    public void Parse_OfNothing_RunsProcessesOnAFreePort() => Assert.Equal(new EmulatorOptions(), OptionParser.Parse([]));

    [Theory]
    [InlineData("--prot", "Known: --port")]
    [InlineData("--port", "needs a value")]
    [InlineData("--port=70000", "65535")]
    [InlineData("--executor=docker", "process, container, simulate")]
    [InlineData("8080", "Unknown option")]
    public void Parse_OfWhatItDoesNotKnow_SaysWhatItDoes(string argument, string expected) =>
        Assert.Contains(expected, Assert.Throws<OptionException>(() => OptionParser.Parse([argument])).Message, StringComparison.Ordinal);
}
