using System.Text;
using CsCheck;
using RunAi.Runs.Log;

namespace RunAi.Tests.Runs.Log;

/// <summary>Reading a run's log while it grows: every line once, in order, whoever reads on from where.</summary>
public sealed class RunLogTests
{
    private const string RunId = "01JD0000000000000012345678";

    private readonly MemoryStore _store = new();

    [Fact]
    public async Task Lines_TellTimeStreamAttemptAndStart_AndPiecesAreJoined()
    {
        Put(1, 0,
            """2030-01-01T00:00:00.000000000Z runner F {"event":"start","attempt":1,"start":1}""",
            "2030-01-01T00:00:01.500000000Z stdout F hello  world",
            "2030-01-01T00:00:02Z stdout P a",
            "2030-01-01T00:00:03Z stderr F warned",
            "2030-01-01T00:00:04Z stdout P b",
            "2030-01-01T00:00:05Z stdout F c",
            "2030-01-01T00:00:06Z stdout F ",
            """2030-01-01T00:00:07Z runner F {"event":"start","attempt":1,"start":2,"message":"Started again."}""",
            "2030-01-01T00:00:08Z stdout F again");

        var lines = await ReadAsync(new RunLog(_store, RunId));

        Assert.Equal(
            [
                ("stdout", 1, "hello  world"), ("stderr", 1, "warned"), ("stdout", 1, "abc"), ("stdout", 1, ""),
                ("runner", 2, "Started again."), ("stdout", 2, "again"),
            ],
            lines.Select(l => (l.Stream, l.Start, l.Text)));
        Assert.Equal(new DateTimeOffset(2030, 1, 1, 0, 0, 2, TimeSpan.Zero), lines[2].Time);
    }

    [Fact]
    public async Task CharacterCutByPieces_IsWhole()
    {
        var smile = Encoding.UTF8.GetBytes("😀");
        byte[] bytes =
        [
            .. "2030-01-01T00:00:00Z stdout P "u8, .. smile.AsSpan(0, 2), (byte)'\n',
            .. "2030-01-01T00:00:00Z stdout F "u8, .. smile.AsSpan(2), (byte)'\n',
        ];
        _store.Objects[Key(1, 0)] = bytes;

        Assert.Equal("😀", Assert.Single(await ReadAsync(new RunLog(_store, RunId))).Text);
    }

    [Fact]
    public async Task LineWithoutEnd_WaitsForIt()
    {
        var log = new RunLog(_store, RunId);
        _store.Objects[Key(1, 0)] = "2030-01-01T00:00:00Z stdout F hel"u8.ToArray();
        Assert.Empty(await ReadAsync(log));

        _store.Objects[Key(1, 0)] = "2030-01-01T00:00:00Z stdout F hello\n"u8.ToArray();
        Assert.Equal("hello", Assert.Single(await ReadAsync(log)).Text);
        Assert.Empty(await ReadAsync(log));
    }

    [Fact]
    public async Task LineInPieces_ThatAKilledStartLeft_IsToldBeforeTheNextStart()
    {
        Put(1, 0,
            "2030-01-01T00:00:00Z stdout P cut",
            """2030-01-01T00:00:07Z runner F {"event":"start","attempt":1,"start":2}""",
            "2030-01-01T00:00:08Z stdout F whole");

        Assert.Equal([("cut", 1), ("whole", 2)], (await ReadAsync(new RunLog(_store, RunId))).Select(l => (l.Text, l.Start)));
    }

    [Fact]
    public async Task Attempts_FollowEachOther_AndTheLastOnesResultEndsTheLog()
    {
        Put(1, 0, "2030-01-01T00:00:00Z stdout F one");
        _store.Objects[$"data/{RunId}/attempts/1/result.json"] = [];
        Put(2, 0, "2030-01-01T00:00:00Z stdout F two");
        var log = new RunLog(_store, RunId);

        Assert.Equal([(1, "one"), (2, "two")], (await ReadAsync(log)).Select(l => (l.Attempt, l.Text)));
        Assert.False(log.IsComplete);

        _store.Objects[$"data/{RunId}/attempts/2/result.json"] = [];
        Assert.Empty(await ReadAsync(log));
        Assert.True(log.IsComplete);
    }

    [Fact]
    public async Task QuietLook_IsOneRequest()
    {
        Put(1, 0, "2030-01-01T00:00:00Z stdout F one");
        Put(1, 1, "2030-01-01T00:00:00Z stdout F two");
        _store.Objects[Key(1, 1) + ".4f2a.partial"] = "half"u8.ToArray();
        var log = new RunLog(_store, RunId);
        Assert.Equal(2, (await ReadAsync(log)).Count);
        _store.Calls.Clear();

        Assert.Empty(await ReadAsync(log));

        Assert.Equal(["list data/" + RunId + "/attempts/"], _store.Calls);
    }

    [Fact]
    public async Task BytesOfAFullSegmentThatTheListingDidNotShow_AreRead()
    {
        Put(1, 0, "2030-01-01T00:00:00Z stdout F one");
        var log = new RunLog(_store, RunId);
        await ReadAsync(log);
        var late = "2030-01-01T00:00:00Z stdout F one\n2030-01-01T00:00:00Z stdout F late\n";
        _store.Before = call =>
        {
            // The segment grows, and the next one begins, between the listing and the reading.
            if (call.StartsWith("read", StringComparison.Ordinal))
            {
                _store.Objects[Key(1, 0)] = Encoding.UTF8.GetBytes(late);
            }
        };
        Put(1, 1, "2030-01-01T00:00:00Z stdout F next");

        Assert.Equal(["late", "next"], (await ReadAsync(log)).Select(l => l.Text));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "5")]
    [InlineData(3, "3 4 5")]
    [InlineData(9, "0 1 2 3 4 5")]
    public async Task Tail_ReadsBackAsFarAsNeeded_AndReadingGoesOnAfterIt(int count, string expected)
    {
        for (var i = 0; i < 6; i++)
        {
            Put(1 + (i / 4), i % 4, $"2030-01-01T00:00:00Z stdout F {i}");
        }

        _store.Objects[$"data/{RunId}/attempts/2/log/head.json"] = """{"starts":3,"segments":2}"""u8.ToArray();
        var log = new RunLog(_store, RunId);

        var lines = await log.TailAsync(count, default);

        Assert.Equal(expected, string.Join(" ", lines.Select(l => l.Text)));
        Put(2, 2, "2030-01-01T00:00:00Z stdout F more");
        Assert.Equal("more", Assert.Single(await ReadAsync(log)).Text);
        if (count == 1)
        {
            Assert.Equal((2, 3), (lines[0].Attempt, lines[0].Start));
        }
    }

    /// <summary>
    /// Any pieces, cut into segments and grown in any steps, read by readers that end at any line and begin anew from its position.
    /// </summary>
    [Fact]
    public void AnyLog_ReadInAnySteps_IsEveryLineOnceInOrder()
    {
        var piece = Gen.Select(Gen.OneOf("stdout", "stderr"), Gen.OneOf("P", "F", "F"), Gen.String[Gen.Char.AlphaNumeric, 0, 9]);
        Gen.Select(piece.Array[0, 30], Gen.Int[1, 5], Gen.Int[10, 90], Gen.Int[0, 20]).Sample(
            (pieces, perSegment, step, stopAfter) =>
            {
                var segments = pieces
                    .Select(p => $"2030-01-01T00:00:00Z {p.Item1} {p.Item2} {p.Item3}\n")
                    .Chunk(perSegment).Select(lines => Encoding.UTF8.GetBytes(string.Concat(lines))).ToArray();
                Assert.Equal(Expected(pieces), ReadGrowing(segments, step, stopAfter));
            },
            iter: 200);
    }

    private static List<string> ReadGrowing(byte[][] segments, int step, int stopAfter)
    {
        var store = new MemoryStore();
        var told = new List<string>();
        var log = new RunLog(store, RunId);
        for (var segment = 0; segment < segments.Length; segment++)
        {
            for (var size = 0; size < segments[segment].Length;)
            {
                size = Math.Min(size + step, segments[segment].Length);
                store.Objects[Key(1, segment)] = segments[segment].AsSpan(0, size).ToArray();
                var lines = ReadAsync(log).GetAwaiter().GetResult();
                var kept = lines.Take(Math.Max(1, stopAfter)).ToArray();
                told.AddRange(kept.Select(l => $"{l.Stream} {l.Text}"));
                if (kept.Length > 0 && stopAfter > 0)
                {
                    Assert.True(LogPosition.TryParse(kept[^1].Position, out var after));
                    log = new RunLog(store, RunId, after);
                }
                else
                {
                    told.AddRange(lines.Skip(kept.Length).Select(l => $"{l.Stream} {l.Text}"));
                }
            }
        }

        for (IReadOnlyList<LogLine> rest; (rest = ReadAsync(log).GetAwaiter().GetResult()).Count > 0;)
        {
            told.AddRange(rest.Select(l => $"{l.Stream} {l.Text}"));
        }

        return told;
    }

    private static List<string> Expected((string Stream, string Tag, string Text)[] pieces)
    {
        var open = new Dictionary<string, string>();
        var lines = new List<string>();
        foreach (var (stream, tag, text) in pieces)
        {
            var all = open.GetValueOrDefault(stream, "") + text;
            open[stream] = tag == "P" ? all : "";
            if (tag == "F")
            {
                lines.Add($"{stream} {all}");
            }
        }

        return lines;
    }

    private static async Task<IReadOnlyList<LogLine>> ReadAsync(RunLog log)
    {
        var lines = new List<LogLine>();
        await log.ReadAsync(lines.Add, default);
        return lines;
    }

    private void Put(int attempt, int segment, params string[] lines) =>
        _store.Objects[Key(attempt, segment)] = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    private static string Key(int attempt, int segment) => $"data/{RunId}/attempts/{attempt}/log/{segment:00000}";
}
