using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;

namespace RunAi.Pester.Tests;

/// <summary>Applies <c>dotnet test --filter</c>.</summary>
internal static class PesterFilter
{
    /// <summary>The only property to filter by.</summary>
    public const string Name = "FullyQualifiedName";

    /// <summary>True when the filter selects the test.</summary>
    public static bool Selects(ITestCaseFilterExpression filter, TestCase test) =>
        filter.MatchTestCase(test, property => property == Name ? test.FullyQualifiedName : null);
}
