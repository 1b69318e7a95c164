using System.Text;
using RunAi.Runs.Log;

namespace RunAi.Tests.Runs.Log.Cluster;

public class LogReplayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_cut_and_sent_again_is_passed_on_once(int seed)
    {
        var random = new Random(seed);
        var log = Log(random, 3000);
        var passed = new MemoryStream();
        var starts = 0;
        var replay = new LogReplay(passed.Write, () => starts++);
        for (var end = 0; end < log.Length;)
        {
            // Each connection brings the log from its beginning, now and then less than the one before.
            end = Math.Min(log.Length, Math.Max(0, end + random.Next(-6000, 20000)));
            replay.Begin(isAnother: false);
            for (var at = 0; at < end;)
            {
                var count = Math.Min(end - at, random.Next(1, 9000));
                replay.Take(log, at, count);
                at += count;
            }

            replay.Settle();
        }

        Assert.Equal(Encoding.UTF8.GetString(log), Encoding.UTF8.GetString(passed.ToArray()));
        Assert.Equal(0, starts);
    }

    [Fact]
    public void A_log_whose_beginning_was_rotated_away_goes_on_where_it_was()
    {
        var log = Log(new Random(4), 2000);
        var passed = new MemoryStream();
        var replay = new LogReplay(passed.Write, () => Assert.Fail("It is the same log."));
        replay.Begin(false);
        replay.Take(log, 0, 30_000);

        replay.Begin(false);
        replay.Take(log, 12_345, log.Length - 12_345);

        Assert.Equal(log, passed.ToArray());
    }

    [Fact]
    public void Another_log_is_passed_on_as_a_whole_when_nothing_more_comes()
    {
        var passed = new MemoryStream();
        var starts = 0;
        var replay = new LogReplay(passed.Write, () => starts++);
        var first = Log(new Random(5), 100);
        var other = Log(new Random(6), 100);
        replay.Begin(false);
        replay.Take(first, 0, first.Length);

        replay.Begin(false);
        replay.Take(other, 0, other.Length);
        Assert.Equal(first.Length, passed.Length);
        replay.Settle();

        Assert.Equal((byte[])[.. first, .. other], passed.ToArray());
        Assert.Equal(1, starts);
    }

    private static byte[] Log(Random random, int lines) =>
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, lines).Select(i => $"step {i} löss {random.Next()}\n")));
}
