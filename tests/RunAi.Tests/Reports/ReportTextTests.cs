using Newtonsoft.Json.Linq;
using RunAi.Reports;
using RunAi.Reports.Html;

namespace RunAi.Tests.Reports;

/// <summary>What a report shows of settings, and that text of others stays text in each format.</summary>
public sealed class ReportTextTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Settings_AreLeavesWithTheirPaths_WithoutValuesOfVariables()
    {
        var spec = JObject.Parse("""
            {
              "compute": { "gpuDevicesRequest": 1, "gpuPortionRequest": 0.5, "cpuCoreLimit": null },
              "environmentVariables": [{ "name": "TOKEN", "value": "not-for-readers" }],
              "labels": [{ "name": "team", "value": "vision" }],
              "args": "train.py"
            }
            """);

        Assert.Equal(
            [
                "compute.gpuDevicesRequest=1", "compute.gpuPortionRequest=0.5", "environmentVariables.TOKEN=(not shown)",
                "labels[team]=vision", "args=train.py",
            ],
            ReportedSetting.Of(spec).Select(setting => $"{setting.Path}={setting.Value}"));
    }

    [Fact]
    public void Markdown_TakesNoMarkOfAnothersText()
    {
        var report = new RunReport
        {
            Run = new StepRun
            {
                RunId = "01JD",
                StepName = "a|b <i> `x` [l](http://e)",
                State = StepRunState.Failed,
                Message = "# no heading\n| no row",
            },
            Log = [new LogLine { Text = "````\n# not out of the block" }],
        };

        var text = MarkdownReport.Write([report], Noon);

        Assert.StartsWith(@"# a\|b \<i\> \`x\` \[l\]\(http\://e\): Failed", text, StringComparison.Ordinal);
        Assert.Contains("> \\# no heading \\| no row\n", text, StringComparison.Ordinal);
        Assert.Contains("\n`````text\n```` # not out of the block\n`````\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_HoldsCharactersThatNoPageMay_AsMarks()
    {
        var report = new RunReport { Run = new StepRun { RunId = "01JD", StepName = "a\0b\ud800c\uffff</title>" } };

        var page = HtmlReport.Write([report], Noon);

        Assert.Contains("a\ufffdb\ufffdc\ufffd&lt;/title&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "&lt;", page[page.IndexOf("<style>", StringComparison.Ordinal)..page.IndexOf("</style>", StringComparison.Ordinal)],
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "&gt;", page[page.IndexOf("<style>", StringComparison.Ordinal)..page.IndexOf("</style>", StringComparison.Ordinal)],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Json_KeepsTimesAndNumbersAsTheyAre()
    {
        var report = new RunReport
        {
            Run = new StepRun { RunId = "01JD", SubmittedAt = Noon },
            Metrics = [new WorkloadMetric { Type = "GPU_UTILIZATION", Unit = "%", Time = Noon, Value = 83.5 }],
        };

        var text = JsonReport.Write([report], Noon);

        Assert.Contains("\"submittedAt\": \"2030-01-01T12:00:00", text, StringComparison.Ordinal);
        Assert.Equal(83.5, (double?)JObject.Parse(text)["runs"]![0]!["metrics"]![0]!["points"]![0]!["value"]);
    }
}
