using System.Text.RegularExpressions;
using RunAi.Watching;

namespace RunAi.Tests.Watching;

public class WorkloadTableTests
{
    private static readonly Workload[] Some =
    [
        new()
        {
            WorkloadId = "w1",
            Name = "runai-train-4g7c2h9k",
            Phase = "Running",
            NodePool = "a100",
            GpuAllocated = 0.5,
            PendingTime = TimeSpan.FromSeconds(65),
            RunningTime = TimeSpan.FromHours(26),
        },
        new()
        {
            Name = "runai-fold-1",
            Phase = "Pending",
            GpuRequested = 8,
            PhaseMessage = "Not enough resources in the requested node pool, and more words than fit",
        },
        new() { Name = "evil\x1b[2J", Phase = "Failed", PhaseMessage = "exit code 3\r\n\x1b]0;title\x07" },
    ];

    [Fact]
    public void Table_At120Columns_HasEveryColumn() => Assert.Equal(
        [
            "NAME                 PHASE        POOL       GPU    USE   WAITED     RAN        WHY",
            "runai-train-4g7c2h9k Running      a100       0.5    73 %  00:01:05   1.02:00:00",
            "runai-fold-1         Pending                 8                                  Not enough resources in the requeste...",
        ],
        new WorkloadTable(120, isColoured: false, id => id == "w1" ? 73.4 : null).Draw(Some, 10).Take(3));

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public void Table_OfAnyWidth_NeverWrapsAndHoldsNoSequenceOfOthers(int width)
    {
        var lines = new WorkloadTable(width, isColoured: false).Draw(Some, 10);

        Assert.All(lines, line => Assert.True(line.Length < width, line));
        Assert.All(lines, line => Assert.DoesNotContain('\x1b', line));
    }

    [Fact]
    public void Phases_AreColouredWithoutTakingColumns()
    {
        var coloured = new WorkloadTable(100, isColoured: true).Draw(Some, 10);

        Assert.Contains("\x1b[32mRunning", coloured[1]);
        Assert.Contains("\x1b[31mFailed", coloured[3]);
        Assert.Equal(
            new WorkloadTable(100, isColoured: false).Draw(Some, 10),
            coloured.Select(line => Regex.Replace(line, "\x1b\\[[0-9]+m", "").TrimEnd()));
    }

    [Fact]
    public void WhatDoesNotFit_IsCounted()
    {
        var lines = new WorkloadTable(80, isColoured: false).Draw(Some, 2);

        Assert.Equal((3, "... and 2 more"), (lines.Count, lines[2]));
    }
}
