using RunAi.Artifacts;
using RunAi.Runs;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>What it costs to list runs: entries of records, whatever else the runs left in the store.</summary>
public sealed class RunCatalogTests
{
    private readonly MemoryStore _store = new();

    [Fact]
    public async Task List_CostsTheEntries_AndAReadForEachRunLookedAt()
    {
        const int Runs = 200, Entries = 3;
        for (var run = 0; run < Runs; run++)
        {
            Add($"RUN{run:000}", Entries, logSegments: 50);
        }

        var all = await ListAsync(int.MaxValue);

        Assert.Equal(Runs, all.Count);
        Assert.All(all, record => Assert.Equal(StepRunState.Succeeded, record.State));
        Assert.Equal(Runs * Entries, _store.Listed);
        Assert.Equal(["list runs/"], _store.Calls.Where(call => call.StartsWith("list", StringComparison.Ordinal)));
        Assert.Equal(Runs, _store.Calls.Count(call => call.StartsWith("read", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_OfTheFirstFew_ReadsFew()
    {
        for (var run = 0; run < 200; run++)
        {
            Add($"RUN{run:000}", 2, logSegments: 1);
        }

        Assert.Equal(5, (await ListAsync(5)).Count);
        Assert.InRange(_store.Calls.Count(call => call.StartsWith("read", StringComparison.Ordinal)), 5, 16);
    }

    [Fact]
    public async Task Removal_LeavesNothing_AndTakesTheRecordLast()
    {
        Add("RUN1", 3, logSegments: 2);
        Add("RUN2", 1, logSegments: 1);

        await RunRemoval.DeleteAsync(_store, "RUN1", default);

        Assert.All(_store.Objects.Keys, key => Assert.Contains("RUN2", key, StringComparison.Ordinal));
        Assert.Equal(
            ["0002.json", "0001.json", "0000.json"],
            _store.Calls.Where(call => call.StartsWith("delete runs/RUN1/", StringComparison.Ordinal)).Select(call => call[^9..]));
        Assert.StartsWith(
            "delete data/RUN1/", _store.Calls.First(call => call.StartsWith("delete", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemovalOfAWorkload_WaitsUntilItIsGone_AndNoLongerThanItMay()
    {
        var (plane, clock) = (new WorkloadPlane(), new TestClock());
        using var client = new RunClient(plane, _store, clock);
        var run = await client.SubmitAsync();
        var began = clock.GetUtcNow();

        var remains = await Assert.ThrowsAsync<RunAiException>(
            () => clock.DriveAsync(RunRemoval.DeleteWorkloadAsync(client.Connection, run, TimeSpan.FromSeconds(90), clock, default)));

        Assert.Equal(TimeSpan.FromSeconds(90), clock.GetUtcNow() - began);
        Assert.Equal((ErrorIds.RunConflict, run.RunId), (remains.ErrorId, remains.Target));
        Assert.Contains($"Remove-RunAiStepRun {run.RunId} -Force -Timeout 180", remains.Message, StringComparison.Ordinal);
        plane.Delete(run.WorkloadName);
        await clock.DriveAsync(RunRemoval.DeleteWorkloadAsync(client.Connection, run, TimeSpan.FromSeconds(90), clock, default));
    }

    private async Task<List<RunRecord>> ListAsync(int most)
    {
        List<RunRecord> told = [];
        await new RunCatalog([new RecordStore(_store, "blobs")]).ListAsync(
            _ => true, _ => true, most, (record, _) => told.Add(record), default);
        return told;
    }

    private void Add(string runId, int entries, int logSegments)
    {
        for (var entry = 0; entry < entries; entry++)
        {
            var state = entry == entries - 1 ? StepRunState.Succeeded : StepRunState.Submitting;
            _store.Objects[RunKeys.Record(runId, entry)] = StoredJson.Bytes(new RunRecord { RunId = runId, State = state });
        }

        for (var segment = 0; segment < logSegments; segment++)
        {
            _store.Objects[RunKeys.LogSegment(runId, 1, segment)] = [1];
        }

        _store.Objects[RunKeys.Manifest(runId, 1)] = [1];
    }
}
