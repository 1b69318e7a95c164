using Microsoft.VisualStudio.TestPlatform.ObjectModel;

namespace RunAi.Pester.Tests;

/// <summary>A test as <c>Run.ps1</c> tells of it: found, or run with its result.</summary>
/// <param name="File">The file it is in.</param>
/// <param name="Name">Its name after those of the blocks around it.</param>
/// <param name="Line">The line of its <c>It</c>, 0 where there is none.</param>
/// <param name="Result">Pester's word for its result.</param>
/// <param name="Started">When it was started; null if it was not.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Message">Why it failed or was skipped.</param>
/// <param name="Trace">Where it failed.</param>
internal sealed record PesterTest(
    string File, string Name, int Line, string Result, DateTimeOffset? Started, double Seconds, string? Message, string? Trace)
{
    /// <summary>A test that was found before.</summary>
    public static PesterTest Of(TestCase test) => new(test.CodeFilePath!, test.DisplayName, test.LineNumber, "", null, 0, null, null);

    /// <summary>The test as the test platform knows it: <c>File.Block.Block.Name</c>.</summary>
    /// <param name="source">The assembly that stands for the tests.</param>
    public TestCase ToCase(string source) => new(Title, PesterExecutor.Address, source)
    {
        DisplayName = Title,
        CodeFilePath = File,
        LineNumber = Line,
    };

    /// <summary>The result as the test platform takes it. What neither passed nor was skipped has failed.</summary>
    /// <param name="source">The assembly that stands for the tests.</param>
    public TestResult ToResult(string source)
    {
        var result = new TestResult(ToCase(source))
        {
            DisplayName = Title,
            Outcome = Result switch
            {
                "Passed" => TestOutcome.Passed,
                "Skipped" => TestOutcome.Skipped,
                _ => TestOutcome.Failed,
            },
            Duration = TimeSpan.FromSeconds(Seconds),
            ErrorMessage = Message,
            ErrorStackTrace = Trace,
        };
        if (Started is { } started)
        {
            (result.StartTime, result.EndTime) = (started, started + result.Duration);
        }

        return result;
    }

    private string Title => $"{Path.GetFileName(File).Replace(".Tests.ps1", "", StringComparison.Ordinal)}.{Name}";
}
