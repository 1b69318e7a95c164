using RunAi.Runs;
using RunAi.Tests.ControlPlane;

namespace RunAi.Tests.Runs;

/// <summary>The right to send a request is renewed while one is under way, and a request that cannot renew it is given up.</summary>
public sealed class RunLeaseTests
{
    private readonly TestClock _clock = new();
    private readonly MemoryStore _store = new();
    private readonly RecordingLog _log = new();

    private RunJournal Journal => new([_store], _clock, _log);

    [Fact]
    public async Task LongRequest_KeepsTheRight()
    {
        using var lease = await LeaseAsync();

        var answer = await _clock.DriveAsync(lease.HoldAsync(token => RequestAsync(TimeSpan.FromMinutes(5), token), default));

        Assert.Equal(1, answer);
        Assert.False(lease.IsLost);
        var (last, next) = await Journal.ReadAsync("run", default);
        Assert.Equal((lease.Record.Claim, 21), (last!.Claim, next));
    }

    [Fact]
    public async Task LostRight_EndsTheRequest()
    {
        using var lease = await LeaseAsync();
        await Journal.TryClaimAsync(Entry("another"), 1, default);
        var began = _clock.GetUtcNow();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _clock.DriveAsync(lease.HoldAsync(token => RequestAsync(TimeSpan.FromSeconds(20), token), default)));

        Assert.True(lease.IsLost);
        Assert.False(await lease.RenewAsync(default));
        Assert.InRange(_clock.GetUtcNow() - began, RunLease.Renewal, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task StoreThatTakesNoEntry_EndsTheRequest_BeforeAnotherMayTakeOver()
    {
        using var lease = await LeaseAsync();
        _store.Before = _ => throw new ArtifactException(ErrorIds.ArtifactStoreUnreachable, "away");
        DateTimeOffset? ended = null;
        var began = _clock.GetUtcNow();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _clock.DriveAsync(lease.HoldAsync(
            token =>
            {
                token.Register(() => ended = _clock.GetUtcNow());
                return RequestAsync(TimeSpan.FromMinutes(3), token);
            },
            default)));

        Assert.False(lease.IsLost);
        Assert.InRange(ended!.Value - began, RunLease.Renewal, RunLease.Longest);
        Assert.True(RunLease.Longest + TimeSpan.FromSeconds(20) < RunLeases.Lease, "the last request has time to have its effect");
    }

    private async Task<int> RequestAsync(TimeSpan length, CancellationToken token)
    {
        // The clock goes in steps: all timers of one step see its end.
        for (var step = TimeSpan.FromSeconds(5); length > TimeSpan.Zero; length -= step)
        {
            await _clock.DelayAsync(step, token);
        }

        return 1;
    }

    private async Task<RunLease> LeaseAsync()
    {
        var entry = Entry(Guid.NewGuid().ToString("N"));
        RunOwners.Hold(entry.Claim!);
        Assert.True(await Journal.TryClaimAsync(entry, 0, default));
        return new RunLease(entry, 0, _clock.GetTimestamp(), Journal, _clock);
    }

    private static RunRecord Entry(string claim) => new() { RunId = "run", State = StepRunState.Submitting, Claim = claim };
}
