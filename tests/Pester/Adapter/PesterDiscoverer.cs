using System.ComponentModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Adapter;
using Microsoft.VisualStudio.TestPlatform.ObjectModel.Logging;

namespace RunAi.Pester.Tests;

/// <summary>Tells the test platform which Pester tests there are.</summary>
[FileExtension(".dll")]
[DefaultExecutorUri("executor://runai-pester")]
[Category("managed")]
public sealed class PesterDiscoverer : ITestDiscoverer
{
    /// <summary>Has Pester find the tests of all files; none is run.</summary>
    public void DiscoverTests(
        IEnumerable<string> sources, IDiscoveryContext discoveryContext, IMessageLogger logger, ITestCaseDiscoverySink discoverySink)
    {
        foreach (var source in sources)
        {
            foreach (var test in PesterRun.FindAsync(PesterPaths.TestFiles, CancellationToken.None).GetAwaiter().GetResult())
            {
                discoverySink.SendTestCase(test.ToCase(source));
            }
        }
    }
}
