using RunAi.Artifacts;
using RunAi.Json;
using RunAi.Runs;

namespace RunAi.Tests.Runs;

/// <summary>The append-only record of a run.</summary>
public sealed class RunJournalTests
{
    private readonly MemoryStore _store = new();
    private readonly MemoryStore _local = new() { Uri = "file:///state" };
    private readonly RecordingLog _log = new();

    [Fact]
    public async Task OfTwoClients_OneBegins()
    {
        var record = Record(StepRunState.Submitting);

        var wins = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Journal().TryBeginAsync(Copy(record), default))));

        Assert.Single(wins, true);
    }

    [Fact]
    public async Task Entries_TakeTheNextNumber_AndTheLastOneTellsTheState()
    {
        await Journal().TryBeginAsync(Record(StepRunState.Submitting), default);
        await Journal().AppendAsync(Record(StepRunState.Submitted), default);
        await Journal().AppendAsync(Record(StepRunState.Succeeded), default);

        Assert.Equal(["runs/01JD/0000.json", "runs/01JD/0001.json", "runs/01JD/0002.json"], _store.Objects.Keys.Order());
        Assert.Equal(StepRunState.Succeeded, (await Journal().LastAsync("01JD", default))!.State);
    }

    [Fact]
    public async Task WhatComesOfAClaim_IsWrittenAfterIt_WithoutReading()
    {
        var journal = Journal();
        await journal.TryClaimAsync(Record(StepRunState.Submitting), 0, default);
        _store.Calls.Clear();
        _local.Calls.Clear();

        await journal.AppendAsync(Record(StepRunState.Submitted), default);

        Assert.Equal(["create runs/01JD/0001.json"], _store.Calls);
        Assert.Equal(["create runs/01JD/0001.json"], _local.Calls);
    }

    [Fact]
    public async Task EntryOfAnotherAfterAClaim_IsKept_AndOursFollows()
    {
        var journal = Journal();
        await journal.TryClaimAsync(Record(StepRunState.Submitting), 0, default);
        await Journal().AppendAsync(Record(StepRunState.Stopped), default);

        await journal.AppendAsync(Record(StepRunState.Submitted), default);

        Assert.Equal(3, _store.Objects.Count);
        Assert.Equal(StepRunState.Submitted, (await Journal().LastAsync("01JD", default))!.State);
    }

    [Fact]
    public async Task RunThatWasRemovedAfterItWasSubmitted_GetsNoEntry()
    {
        var journal = Journal();
        await journal.TryClaimAsync(Record(StepRunState.Submitting), 0, default);
        await journal.AppendAsync(Record(StepRunState.Submitted), default);
        _store.Objects.Clear();
        _local.Objects.Clear();

        await journal.AppendAsync(Record(StepRunState.Succeeded), default);

        Assert.Empty(_store.Objects);
        Assert.Empty(_local.Objects);
    }

    [Fact]
    public async Task SameNewsOfTwoClients_IsOneEntry()
    {
        await Journal().TryBeginAsync(Record(StepRunState.Submitting), default);

        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Journal().AppendAsync(Record(StepRunState.Succeeded), default))));

        Assert.Equal(2, _store.Objects.Count);
    }

    [Fact]
    public async Task PlaceThatFails_IsAWarningAfterTheFact_AndTheOtherHasTheNews()
    {
        await Journal().TryBeginAsync(Record(StepRunState.Submitting), default);
        _store.Before = _ => throw new ArtifactException(ErrorIds.ArtifactStoreUnreachable, "no store");

        await Journal().AppendAsync(Record(StepRunState.Submitted), default);

        Assert.Contains("no store", Assert.Single(_log.Warnings), StringComparison.Ordinal);
        Assert.True(_local.Objects.ContainsKey("runs/01JD/0001.json"));
    }

    [Fact]
    public async Task PlaceWithoutTheRun_GetsNoEntry()
    {
        await new RunJournal([_store], TimeProvider.System, _log).TryBeginAsync(Record(StepRunState.Submitting), default);

        await Journal().AppendAsync(Record(StepRunState.Submitted), default);

        Assert.Equal(2, _store.Objects.Count);
        Assert.Empty(_local.Objects);
    }

    [Fact]
    public void Record_RoundTripsThroughItsJsonAndTheUsersObject()
    {
        var record = Record(StepRunState.Succeeded);
        (record.WorkloadId, record.ExitCode, record.WorkloadTimeout, record.PeakMemory, record.Image) =
            ("id", 0, TimeSpan.FromHours(1), 42, "img");
        record.Outputs =
        [
            new Artifact { Name = "model", Uri = "az://a/c/m", Digest = "sha256:x", Size = 3, MediaType = "t", FileName = "f" },
        ];

        var read = Copy(record);
        Assert.Equal(WireJson.Write(record), WireJson.Write(read));
        Assert.Equal(WireJson.Write(record), WireJson.Write(read.With(read.ToRun("blobs"))));
        Assert.Equal("az://a/c/m", read.ToRun("blobs").Outputs["MODEL"].Uri);
    }

    [Fact]
    public async Task DamagedEntry_IsToldWithItsPlace()
    {
        _store.Objects["runs/01JD/0000.json"] = "{"u8.ToArray();

        var error = await Assert.ThrowsAsync<ArtifactException>(() => Journal().LastAsync("01JD", default));

        Assert.Equal(ErrorIds.ArtifactDamaged, error.ErrorId);
        Assert.Contains("az://account/container/steps/runs/01JD/0000.json", error.Message, StringComparison.Ordinal);
    }

    private RunJournal Journal() => new([_store, _local], TimeProvider.System, _log);

    private static RunRecord Record(StepRunState state) => new() { RunId = "01JD", State = state, StepName = "train" };

    private static RunRecord Copy(RunRecord record) => WireJson.Map<RunRecord>(WireJson.Read(new MemoryStream(StoredJson.Bytes(record))));
}
