using System.Text.Json.Nodes;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Tests;

public sealed class StateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emulator-state-");

    private string StatePath => Path.Combine(_folder.FullName, "state.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Restart_InTheMiddle_GoesOnWhereItWas()
    {
        string running, waiting, stopped, deleted, finished;
        await using (var before = await TestEmulator.SimulateAsync(state: StatePath))
        {
            finished = await before.SubmitAsync("finished");
            await before.AdvanceAsync(10);
            running = await before.SubmitAsync("running", TestEmulator.Gpu(devices: 2));
            waiting = await before.SubmitAsync("waiting", TestEmulator.Gpu(more: "\"preemptibility\":\"non-preemptible\"", devices: 3));
            stopped = await before.SubmitAsync("stopped");
            deleted = await before.SubmitAsync("deleted");
            await before.ActAsync(stopped, "suspend");
            await before.ActAsync(deleted, "delete");
            await before.AdvanceAsync(1);
            await before.Client.PutAsync("/api/v2/policy/trainings", new StringContent(
                """{"meta":{"scope":"tenant","name":"t"},"policy":{"defaults":{"category":"Kept"}}}"""));
        }

        await using var after = await TestEmulator.SimulateAsync(state: StatePath);

        Assert.Equal("Completed", await after.PhaseAsync(finished));
        Assert.Equal("Running", await after.PhaseAsync(running));
        Assert.Equal("Stopped", await after.PhaseAsync(stopped));
        Assert.Equal(2, (double)(await after.WorkloadAsync(running))["allocatedResources"]!["gpu"]!);
        Assert.Equal("NonPreemptibleOverQuota", (string?)(await after.WorkloadAsync(waiting))["phaseReason"]);
        var gone = Assert.Single((JsonArray)(await after.GetAsync("/api/v1/workloads?deleted=true"))["workloads"]!)!;
        Assert.Equal(deleted, (string?)gone["id"]);
        await after.AdvanceAsync(10);
        Assert.Equal("Completed", await after.PhaseAsync(running));
        Assert.Equal(2, (int)(await after.WorkloadAsync(running))["totalRunningTimeSeconds"]!);
        await after.ActAsync(stopped, "resume");
        var fresh = await after.SubmitAsync("fresh");
        await after.AdvanceAsync(10);
        Assert.Equal("Completed", await after.PhaseAsync(stopped));
        Assert.Equal("Kept", (string?)(await after.WorkloadAsync(fresh))["category"]);
        Assert.Equal(["finished", "running", "waiting", "stopped", "fresh"],
            ((JsonArray)(await after.GetAsync("/api/v1/workloads"))["workloads"]!).Select(workload => (string)workload!["name"]!));
    }

    [Fact]
    public async Task Restart_OfProcesses_RunsThemAgain()
    {
        string id;
        await using (var before = await TestEmulator.ProcessAsync(state: StatePath))
        {
            id = await before.SubmitAsync("one", """{"command":"sh -c 'sleep 600'"}""");
            await before.ReachesAsync(id, "Running");
        }

        await using var after = await TestEmulator.ProcessAsync(state: StatePath);
        await after.ReachesAsync(id, "Running");

        var events = (JsonArray)(await after.GetAsync($"/api/v1/workloads/{id}/events"))["events"]!;
        Assert.Contains("NodeLost", events.Select(e => (string)e!["reason"]!));
        var live = Assert.Single((JsonArray)(await after.GetAsync($"/api/v1/workloads/{id}/pods"))["pods"]!)!;
        Assert.Equal("one-1", (string?)live["name"]);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("""{"Version":2,"Workloads":[],"Policies":[]}""")]
    public void Read_OfAFileThatIsNoState_SaysSo(string text)
    {
        File.WriteAllText(StatePath, text);

        var error = Assert.Throws<OptionException>(() => StateFile.Read(StatePath));

        Assert.Contains(StatePath, error.Message, StringComparison.Ordinal);
    }
}
