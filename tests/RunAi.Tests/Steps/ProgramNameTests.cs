using RunAi.Steps;

namespace RunAi.Tests.Steps;

/// <summary>A command line in the place of a program is refused; a path that may hold a blank is not.</summary>
public sealed class ProgramNameTests
{
    [Theory]
    [InlineData("python train.py")]
    [InlineData("python3 -c 'print(1)'")]
    [InlineData(" echo hi ")]
    [InlineData("my tool")]
    [InlineData("/usr/bin/python3 src/train.py")]
    [InlineData("/usr/bin/python3.12 train.py")]
    [InlineData("./train.sh --epochs 3")]
    [InlineData("./train.sh fast")]
    [InlineData("sh -c '{{inputs.data}}'")]
    public void Flaw_OfACommandLine_SaysHowToWriteIt(string word) =>
        Assert.Contains("Write each word apart: -Command ", ProgramName.Flaw(word), StringComparison.Ordinal);

    [Theory]
    [InlineData("python")]
    [InlineData("")]
    [InlineData("/opt/my app/run")]
    [InlineData("./data/x")]
    [InlineData("{{ inputs.tool }}")]
    [InlineData("{{inputs.tool}}/bin/run")]
    public void Flaw_OfAProgram_IsNone(string word) => Assert.Null(ProgramName.Flaw(word));

    [Fact]
    public void Violations_NameTheWords()
    {
        var step = new Step { Name = "train", Image = "python:3.12", Command = ["python -u", "train.py"] };

        var violation = Assert.Single(StepValidation.Violations(step));

        Assert.Equal("Command", violation.Field);
        Assert.Contains("-Command python, -u", violation.Message, StringComparison.Ordinal);
    }
}
