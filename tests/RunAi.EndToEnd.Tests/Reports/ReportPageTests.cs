using System.Buffers.Binary;
using RunAi.Reports.Html;
using RunAi.Tests;

namespace RunAi.EndToEnd.Tests.Reports;

/// <summary>Reports as a browser shows them. With <c>RUNAI_TEST_PICTURES</c> the pictures are kept in that folder.</summary>
public sealed class ReportPageTests
{
    private const int Phone = 390;
    private const int Desktop = 1280;

    private static readonly DateTimeOffset MadeAt = new(2026, 3, 5, 8, 0, 0, TimeSpan.Zero);

    [SkippableTheory]
    [InlineData(Phone, false)]
    [InlineData(Phone, true)]
    [InlineData(Desktop, false)]
    [InlineData(Desktop, true)]
    public void Page_OfOneRun_IsTextAndPicturesInItsWidth(int width, bool isDark)
    {
        using var browser = new Browser();
        var page = HtmlReport.Write([SampleReports.Full()], MadeAt);

        var facts = browser.Look(page, width, isDark);

        Assert.Equal("Run of train", facts.Title);
        Assert.Equal((0, 0, 0), (facts.Foreign, facts.Handlers, facts.Loaded));
        Assert.Equal(width, facts.Width);
        Assert.Equal(isDark ? "rgb(26, 26, 25)" : "rgb(252, 252, 251)", facts.Background);
        // Four metrics in three stretches, and the phases of both attempts.
        Assert.Equal((12, 10), (facts.Curves, facts.Bars));
        var hostile = SampleReports.Hostile.Replace("\u202e", "", StringComparison.Ordinal);
        Assert.Contains(hostile[..60], facts.Text, StringComparison.Ordinal);
        Assert.Contains("epoch 12 loss", facts.Text, StringComparison.Ordinal);
        Photograph(browser, page, $"one-{width}-{(isDark ? "dark" : "light")}", width, isDark);
    }

    [SkippableTheory]
    [InlineData(Phone, true)]
    [InlineData(Desktop, false)]
    public void Page_OfSeveralRuns_ComparesThem(int width, bool isDark)
    {
        using var browser = new Browser();
        var page = HtmlReport.Write(SampleReports.Several(), MadeAt);

        var facts = browser.Look(page, width, isDark);

        Assert.Equal("5 runs of sweep", facts.Title);
        Assert.Equal((0, 0, width), (facts.Foreign, facts.Handlers, facts.Width));
        // Each metric of each run once beside the others, and once in the part of its run.
        Assert.Equal(2 * 5 * 4, facts.Curves);
        Assert.Contains("train.py --learning-rate 0.005", facts.Text, StringComparison.Ordinal);
        Photograph(browser, page, $"five-{width}-{(isDark ? "dark" : "light")}", width, isDark);
    }

    private static void Photograph(Browser browser, string page, string name, int width, bool isDark)
    {
        using var folder = new TemporaryFolder();
        var picture = Path.Combine(Environment.GetEnvironmentVariable("RUNAI_TEST_PICTURES") ?? folder.Location, name + ".png");
        browser.Photograph(page, picture, width, width == Phone ? 5200 : 3600, isDark);
        var bytes = File.ReadAllBytes(picture);
        Assert.Equal("PNG", System.Text.Encoding.ASCII.GetString(bytes, 1, 3));
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)));
    }
}
