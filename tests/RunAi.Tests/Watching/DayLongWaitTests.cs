using RunAi.Watching;
using Xunit.Abstractions;
using static RunAi.Tests.Watching.WatchBench;

namespace RunAi.Tests.Watching;

/// <summary>A day of waiting, in virtual time: what it asks of the control plane, and what it keeps.</summary>
[Collection(MemoryCollection.Name)]
public class DayLongWaitTests(ITestOutputHelper output)
{
    private const int Workloads = 240;
    private const int Hours = 24;
    private const int MostOfAnHour = 400;
    private const double MostGrowth = 1e6;

    [Fact]
    public async Task Watch_OfADay_AsksSomeHundredTimesAnHourAndKeepsNothingOfWhatItSaw()
    {
        var time = new JumpingTime();
        var project = new ScriptedProject(time);
        for (var i = 0; i < Workloads; i++)
        {
            project.Then($"w{i}", 0, "Pending").Then($"w{i}", 60 + i, "Running").Then($"w{i}", (1 + i % Hours) * 3_600 - 30, "Completed");
        }

        var hours = new List<(int Requests, long Memory)>();
        time.OnWait = _ =>
        {
            if (project.Seconds >= (hours.Count + 1) * 3_600)
            {
                hours.Add((project.Requests.Count, GC.GetTotalMemory(forceFullCollection: true)));
                project.Requests.Clear();
                time.Waits.Clear();
            }
        };
        var ended = 0;

        await new WorkloadWatcher(new PolledSource(new WorkloadPoller(time), project), time, new RecordingLog())
            .WatchAsync(Enumerable.Range(0, Workloads).Select(i => Request($"w{i}")), new WatchOptions(), _ => ended++, null, default);

        foreach (var (requests, memory) in hours)
        {
            output.WriteLine($"{requests} requests, {memory / 1e6:0.0} MB");
        }

        Assert.Equal(Workloads, ended);
        Assert.Equal(Hours - 1, hours.Count);
        Assert.All(hours, hour => Assert.InRange(hour.Requests, 1, MostOfAnHour));
        Assert.InRange(hours[^1].Memory - hours[0].Memory, double.MinValue, MostGrowth);
    }
}
