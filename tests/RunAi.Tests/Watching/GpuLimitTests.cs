using RunAi.Watching;
using RunAi.Workloads;

namespace RunAi.Tests.Watching;

/// <summary>The limits of GPU use, by the control plane's times.</summary>
public sealed class GpuLimitTests
{
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2.0, null, 4, 0, false)]
    [InlineData(2.0, null, 4, 10, true)]
    [InlineData(null, 2.0, 4, 10, true)]
    [InlineData(null, null, 400, 10, null)]
    [InlineData(0.5, 2.0, 4, 10, false)]
    public void GpuHours_AreGpusHeldTimesHoursOfRunning_EarlierAttemptsIncluded(
        double? allocated, double? requested, int minutes, int earlier, bool? expired)
    {
        // 0.4 GPU hours are 12 minutes of two GPUs.
        var workload = new Workload { Phase = "Running", PhaseUpdatedAt = Noon, GpuAllocated = allocated, GpuRequested = requested };
        var running = new RunningTime();
        running.Observe(workload, Noon);
        var limits = new TimeLimits { GpuHours = 0.4, EarlierRunning = TimeSpan.FromMinutes(earlier) };

        var reading = TimeLimitReader.Read(workload, limits, running, Noon, Noon.AddMinutes(minutes)).SingleOrDefault();

        Assert.Equal(expired, reading?.IsExpired);
        if (reading is not null)
        {
            Assert.Equal(("MaxGpuHours", TimeSpan.FromMinutes(minutes + earlier)), (reading.Name, reading.Elapsed));
        }
    }

    [Fact]
    public void GpuHours_DoNotTickInTheQueue()
    {
        var workload = new Workload { Phase = "Pending", GpuRequested = 2 };

        var reading = Assert.Single(
            TimeLimitReader.Read(workload, new TimeLimits { GpuHours = 1 }, new RunningTime(), Noon, Noon.AddDays(3)));

        Assert.Equal((false, TimeSpan.Zero), (reading.IsRunning, reading.Elapsed));
    }

    [Fact]
    public void Idleness_RunsOutWhenItWasMeasured()
    {
        var workload = new Workload { Phase = "Running", GpuRequested = 1 };
        var limits = new TimeLimits { IdleFor = TimeSpan.FromMinutes(30), IdleBelow = 5 };

        Assert.Empty(TimeLimitReader.Read(workload, limits, new RunningTime(), Noon, Noon.AddDays(1)));
        Assert.True(
            Assert.Single(TimeLimitReader.Read(workload, limits, new RunningTime(), Noon, Noon.AddDays(1), isIdle: true)).IsExpired);
    }
}
