using System.Text.Json.Nodes;
using RunAi.Emulator.Seeding;

namespace RunAi.Emulator.Tests;

public class MishapTests
{
    [Fact]
    public async Task MountFails_KeepsTheWorkloadInitializingWithFailedMount()
    {
        await using var emulator = await WithAsync(new SeedOutcome { MountFails = "data" });
        var id = await emulator.SubmitAsync("one");

        await emulator.AdvanceAsync(60);

        Assert.Equal("Initializing", await emulator.PhaseAsync(id));
        Assert.Contains("FailedMount", await ReasonsAsync(emulator, id));
    }

    [Fact]
    public async Task OutOfMemory_FailsWithExitCode137()
    {
        await using var emulator = await WithAsync(new SeedOutcome { OutOfMemory = true });
        var id = await emulator.SubmitAsync("one", """{"backoffLimit":0}""");

        await emulator.AdvanceAsync(60);

        Assert.Equal("Failed", await emulator.PhaseAsync(id));
        Assert.Contains("exit code 137: OOMKilled", (string)(await emulator.WorkloadAsync(id))["phaseMessage"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Failed")]
    [InlineData(1, "Completed")]
    public async Task NodeLost_FailsTheFirstPodsOnly(int backoffLimit, string end)
    {
        await using var emulator = await WithAsync(new SeedOutcome { NodeLostAfterSeconds = 1 });
        var id = await emulator.SubmitAsync("one", $$"""{"backoffLimit":{{backoffLimit}}}""");

        await emulator.AdvanceAsync(60);

        Assert.Equal(end, await emulator.PhaseAsync(id));
        Assert.Contains("NodeNotReady", await ReasonsAsync(emulator, id));
    }

    private static Task<TestEmulator> WithAsync(SeedOutcome outcome) =>
        TestEmulator.SimulateAsync(SmallWorld.Create() with { Timetable = new SeedTimetable { Outcomes = [outcome] } });

    private static async Task<IEnumerable<string?>> ReasonsAsync(TestEmulator emulator, string id) =>
        ((JsonArray)(await emulator.GetAsync($"/api/v1/workloads/{id}/events"))["events"]!).Select(e => (string?)e!["reason"]);
}
