using System.Text;
using RunAi.Runs.Log;

namespace RunAi.Tests.Runs.Log;

/// <summary>Following a log to its end, through trouble with the store.</summary>
public sealed class LogFollowerTests
{
    private const string Folder = "data/01JD/attempts/1/";

    private readonly MemoryStore _store = new();
    private readonly JumpingTime _time = new();
    private readonly RecordingLog _log = new();
    private readonly List<string> _lines = [];

    [Fact]
    public async Task Result_EndsIt_WithEveryLineTold()
    {
        _time.OnWait = wait =>
        {
            if (wait <= 5)
            {
                Append($"line {wait}");
            }

            if (wait == 5)
            {
                _store.Objects[Folder + "result.json"] = [];
            }
        };

        await FollowAsync(Never);

        Assert.Equal(["line 1", "line 2", "line 3", "line 4", "line 5"], _lines);
        Assert.All(_time.Waits.Skip(1), wait => Assert.Equal(TimeSpan.FromSeconds(1), wait));
    }

    [Fact]
    public async Task BarThatIsWrittenAnew_IsToldByItsLastStates_AndStoredAsItsLast()
    {
        var states = new List<string>();
        _time.OnWait = wait =>
        {
            if (wait > 4)
            {
                return;
            }

            var (tag, text) = wait < 4 ? ("P", $"\repoch {wait}") : ("F", "\repoch 4");
            Raw($"2030-01-01T00:00:00Z stderr {tag} {text}\n");
            if (wait == 4)
            {
                _store.Objects[Folder + "result.json"] = [];
            }
        };

        await new LogFollower(new RunLog(_store, "01JD"), _time, _log) { State = line => states.Add(LogText.Clean(line.Text, false)) }
            .FollowAsync(line => _lines.Add(LogText.Clean(line.Text, false)), Never, default);

        Assert.Equal(["epoch 1", "epoch 2", "epoch 3"], states);
        Assert.Equal(["epoch 4"], _lines);
    }

    [Fact]
    public async Task OutputWithoutLineEnds_ComesInPieces_ThatLoseNothing()
    {
        var piece = new string('x', 16 << 10);
        for (var i = 0; i < 200; i++)
        {
            Raw($"2030-01-01T00:00:00Z stdout P {piece}\n");
        }

        Raw("2030-01-01T00:00:00Z stdout F end\n");
        _store.Objects[Folder + "result.json"] = [];

        await FollowAsync(Never);

        Assert.All(_lines, line => Assert.InRange(line.Length, 1, 1 << 20));
        Assert.Equal((200 * piece.Length) + 3, _lines.Sum(line => line.Length));
    }

    [Fact]
    public async Task Quiet_StretchesTheLooks_AndALineShortensThem()
    {
        _time.OnWait = wait =>
        {
            if (wait == 8)
            {
                Append("at last");
            }

            if (wait == 9)
            {
                _store.Objects[Folder + "result.json"] = [];
            }
        };

        await FollowAsync(Never);

        Assert.Equal(TimeSpan.FromSeconds(10), _time.Waits[7]);
        Assert.Equal(TimeSpan.FromSeconds(1), _time.Waits[8]);
    }

    [Fact]
    public async Task EndOfTheWorkloadWithoutResult_WaitsForWhatIsOnItsWay()
    {
        _time.OnWait = wait =>
        {
            if (wait == 1)
            {
                Append("last words");
            }
        };

        await FollowAsync(Task.CompletedTask);

        Assert.Equal(["last words"], _lines);
        Assert.True(_time.Waits.Count <= 4);
    }

    [Fact]
    public async Task TroubleWithTheStore_DelaysAndWarnsOnceAMinute_AndLosesNothing()
    {
        Append("before");
        _time.OnWait = wait =>
        {
            _store.Before = wait < 20 ? _ => throw new ArtifactException(ErrorIds.ArtifactStoreUnreachable, "no store") : null;
            if (wait == 20)
            {
                Append("after");
                _store.Objects[Folder + "result.json"] = [];
            }
        };

        await FollowAsync(Never);

        Assert.Equal(["before", "after"], _lines);
        Assert.InRange(_log.Warnings.Count, 2, 4);
        Assert.All(_log.Warnings, warning => Assert.Contains("no store", warning, StringComparison.Ordinal));
    }

    private static Task Never => new TaskCompletionSource().Task;

    private Task FollowAsync(Task ended) =>
        new LogFollower(new RunLog(_store, "01JD"), _time, _log).FollowAsync(line => _lines.Add(line.Text), ended, default);

    private void Append(string text) => Raw($"2030-01-01T00:00:00Z stdout F {text}\n");

    private void Raw(string entry)
    {
        const string Key = Folder + "log/00000";
        _store.Objects[Key] = [.. _store.Objects.GetValueOrDefault(Key, []), .. Encoding.UTF8.GetBytes(entry)];
    }
}
