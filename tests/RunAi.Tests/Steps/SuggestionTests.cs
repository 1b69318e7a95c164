using RunAi.Wording;

namespace RunAi.Tests.Steps;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData("portoin", "Did you mean portion?")]
    [InlineData("everything", "Known are portion, memory.")]
    public void For_UnknownWord_NamesTheNearestOrAll(string word, string expected) =>
        Assert.Equal(expected, Suggestion.For(word, ["portion", "memory"]));

    [Theory]
    [InlineData("CpuMem", "Did you mean CpuMemoryRequest or CpuMemoryLimit?")]
    [InlineData("gpudevices", "Did you mean GpuDevicesRequest?")]
    [InlineData("Cp", "Known are GpuDevicesRequest, CpuMemoryRequest, CpuMemoryLimit.")]
    public void For_TheBeginningOfNames_NamesThoseThatGoOn(string word, string expected) =>
        Assert.Equal(expected, Suggestion.For(word, ["GpuDevicesRequest", "CpuMemoryRequest", "CpuMemoryLimit"]));
}
