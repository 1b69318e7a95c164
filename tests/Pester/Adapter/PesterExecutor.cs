using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace RunAi.Pester.Tests;

/// <summary>Gives the test platform a result for each Pester test.</summary>
[ExtensionUri(AddressText)]
public sealed class PesterExecutor : ITestExecutor, IDisposable
{
    private const string AddressText = "executor://runai-pester";

    private readonly CancellationTokenSource _cancelled = new();

    /// <summary>What connects a test with this executor.</summary>
    internal static Uri Address { get; } = new(AddressText);

    /// <summary>Runs all tests, or those that <c>--filter</c> selects.</summary>
    public void RunTests(IEnumerable<string>? sources, IRunContext? runContext, IFrameworkHandle? frameworkHandle)
    {
        var source = sources!.Single();
        var filter = runContext?.GetTestCaseFilter([PesterFilter.Name], _ => TestCaseProperties.FullyQualifiedName);
        if (filter is null)
        {
            Run(PesterPaths.TestFiles, [], source, frameworkHandle!);
            return;
        }

        var found = PesterRun.FindAsync(PesterPaths.TestFiles, _cancelled.Token).GetAwaiter().GetResult();
        Run(found.Where(test => PesterFilter.Selects(filter, test.ToCase(source))), source, frameworkHandle!);
    }

    /// <summary>Runs tests that were found before.</summary>
    public void RunTests(IEnumerable<TestCase>? tests, IRunContext? runContext, IFrameworkHandle? frameworkHandle)
    {
        foreach (var group in tests!.GroupBy(test => test.Source))
        {
            Run(group.Select(PesterTest.Of), group.Key, frameworkHandle!);
        }
    }

    /// <summary>Ends the shells.</summary>
    public void Cancel() => _cancelled.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancelled.Dispose();

    private void Run(IEnumerable<PesterTest> selected, string source, IFrameworkHandle handle)
    {
        var tests = selected.ToList();
        if (tests.Count > 0)
        {
            Run([.. tests.Select(test => test.File).Distinct()], [.. tests.Select(test => $"{test.File}:{test.Line}")], source, handle);
        }
    }

    private void Run(IReadOnlyList<string> files, IReadOnlyList<string> lines, string source, IFrameworkHandle handle)
    {
        foreach (var test in PesterRun.RunAsync(files, lines, _cancelled.Token).GetAwaiter().GetResult())
        {
            var result = test.ToResult(source);
            handle.RecordResult(result);
            if (result.Outcome == TestOutcome.Skipped)
            {
                handle.SendMessage(TestMessageLevel.Warning, $"{result.DisplayName}: {result.ErrorMessage}");
            }
        }
    }
}
