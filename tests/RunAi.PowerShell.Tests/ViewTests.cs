using System.Text.RegularExpressions;
using RunAi.PowerShell.Tests.Engine;
using Xunit.Abstractions;

namespace RunAi.PowerShell.Tests;

/// <summary>What a user sees at the prompt, on screens of two widths.</summary>
[Collection(CrowdCollection.Name)]
public sealed class ViewTests(CrowdedPlane crowd, ITestOutputHelper output)
{
    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Projects_AtThePrompt_ShowQuotaAndUseOfEachPool(int width)
    {
        var lines = Shown("Get-RunAiProject", width);

        Assert.Contains(lines, line => line.StartsWith("demo ", StringComparison.Ordinal)
            && line.Contains(" Ready ", StringComparison.Ordinal) && line.Contains(" 2.5 ", StringComparison.Ordinal)
            && line.EndsWith(" default 0/2", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Trim() == "a100 0/0.5");
        Assert.Contains(lines, line => line.StartsWith("vision-and-speech-research ", StringComparison.Ordinal));
        AssertWhole(lines, width);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public void Workloads_AtThePrompt_ShowNameAndTimesInFull(int width)
    {
        var lines = Shown(
            "$null = Submit-RunAiStep views-of-a-long-name -Image busybox -Command 'true' -Settings @{ GpuPortionRequest = 0.5 } 6>$null | "
            + "Wait-RunAiWorkload 6>$null; Get-RunAiWorkload runai-views-*",
            width);

        Assert.Contains(
            lines, line => Regex.IsMatch(line, @"^runai-views-of-a-long-name-[0-9a-z]{8} Completed +0\.5 00:00:\d\d +00:00:\d\d \w"));
        AssertWhole(lines, width);
    }

    [Theory]
    [InlineData("Get-RunAiNode gpu-1", "gpu-1 Ready a100 8 8 NVIDIA-A100-SXM4-40GB")]
    [InlineData("Get-RunAiNodePool a100", "a100 Ready 16 8 2 local")]
    [InlineData("Get-RunAiCluster", "local Connected 2.23.17 v1.33.1 16 8")]
    [InlineData("(Get-RunAiProject demo).NodePools[0]", "default 2 0 0 8 16")]
    public void Organisation_AtThePrompt_HasItsNumbersInRow(string command, string row)
    {
        foreach (var width in (int[])[80, 120])
        {
            var lines = Shown(command, width);
            Assert.Contains(lines, line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)) == row);
            AssertWhole(lines, width);
        }
    }

    private string[] Shown(string script, int width)
    {
        using var workspace = new Workspace(crowd.Plane, width: width);
        workspace.Run($"$ProgressPreference = 'SilentlyContinue'; & {{ {script} }} | Out-Host").ThrowIfFailed();
        // Headers are coloured.
        var text = Regex.Replace(workspace.Host!.Text, @"\x1b\[[0-9;]*m", "");
        output.WriteLine($"{width} columns:\n{text}");
        return [.. text.Split('\n').Select(line => line.TrimEnd())];
    }

    /// <summary>Nothing is cut off: neither with dots nor by a line that is longer than the screen.</summary>
    private static void AssertWhole(string[] lines, int width)
    {
        Assert.All(lines, line => Assert.True(line.Length <= width, $"longer than {width}: {line}"));
        Assert.DoesNotContain(
            lines, line => line.Contains('…', StringComparison.Ordinal) || line.Contains("...", StringComparison.Ordinal));
    }
}
