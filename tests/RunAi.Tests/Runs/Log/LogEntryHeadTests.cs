using System.Text;
using RunAi.RunManifest;

namespace RunAi.Tests.Runs.Log;

public class LogEntryHeadTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 31, 10, 0, 0, TimeSpan.FromHours(1));

    [Fact]
    public void ToString_IsInUtcAndEndsBeforeTheText() =>
        Assert.Equal("2026-01-31T09:00:00.0000000Z stderr P ", new LogEntryHead(Time, LogEntryHead.Errors, IsWhole: false).ToString());

    [Theory]
    [InlineData(LogEntryHead.Output, true)]
    [InlineData(LogEntryHead.Errors, false)]
    [InlineData(LogEntryHead.Runner, true)]
    public void Parse_WhatWasWritten_IsReadAgain(string stream, bool isWhole)
    {
        var head = new LogEntryHead(Time, stream, isWhole);
        var bytes = Encoding.UTF8.GetBytes("before " + head + "a text");

        Assert.Equal(head, LogEntryHead.Parse(new ArraySegment<byte>(bytes, 7, bytes.Length - 7), out var length));
        Assert.Equal("a text", Encoding.UTF8.GetString(bytes, 7 + length, bytes.Length - 7 - length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain text of a program that says much")]
    [InlineData("2026-01-31T09:00:00Z other F text")]
    [InlineData("2026-01-31T09:00:00Z stdout X text")]
    [InlineData("yesterday stdout F text")]
    public void Parse_AnotherFormat_IsNone(string entry)
    {
        Assert.Null(LogEntryHead.Parse(new ArraySegment<byte>(Encoding.UTF8.GetBytes(entry)), out var length));
        Assert.Equal(0, length);
    }
}
