namespace RunAi.Tests;

public class ConcurrentlyTests
{
    private readonly List<TaskCompletionSource<string>> _begun = [];

    [Fact]
    public async Task SelectAsync_ManyItems_RunsNoMoreThanAllowedAndKeepsTheirOrder()
    {
        var all = Concurrently.SelectAsync([1, 2, 3], Begin, atOnce: 2);

        Assert.Equal(2, _begun.Count);
        _begun[1].SetResult("b");
        await BegunAsync(3);
        _begun[2].SetResult("c");
        _begun[0].SetResult("a");
        Assert.Equal(["a", "b", "c"], await all);
    }

    [Fact]
    public async Task ForEachAsync_OneFails_TheOthersAreStillDone()
    {
        var all = Concurrently.ForEachAsync([1, 2], Begin, atOnce: 1, CancellationToken.None);

        _begun[0].SetException(new InvalidOperationException("the first"));
        await BegunAsync(2);
        _begun[1].SetResult("b");
        Assert.Equal("the first", (await Assert.ThrowsAsync<InvalidOperationException>(() => all)).Message);
    }

    [Fact]
    public async Task ForEachAsync_Cancelled_BeginsNoneThatWaits()
    {
        using var cancel = new CancellationTokenSource();
        var all = Concurrently.ForEachAsync([1, 2], Begin, atOnce: 1, cancel.Token);

        await cancel.CancelAsync();
        _begun[0].SetResult("a");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all);
        Assert.Single(_begun);
    }

    [Fact]
    public async Task InTurnsAsync_EnoughTaken_BeginsNoFurtherTurn()
    {
        List<(int, string)> taken = [];
        var all = Concurrently.InTurnsAsync([1, 2, 3, 4, 5], Begin, Take, atOnce: 2);

        Assert.Equal(2, _begun.Count);
        _begun[1].SetResult("b");
        Assert.Equal(2, _begun.Count);
        _begun[0].SetResult("a");
        await BegunAsync(4);
        _begun[2].SetResult("c");
        _begun[3].SetResult("d");
        await all;
        Assert.Equal([(1, "a"), (2, "b"), (3, "c")], taken);
        Assert.Equal(4, _begun.Count);

        bool Take(int item, string result)
        {
            taken.Add((item, result));
            return taken.Count < 3;
        }
    }

    [Fact]
    public async Task InTurnsAsync_OneFails_TakesNothingOfItsTurnAndBeginsNoOther()
    {
        var all = Concurrently.InTurnsAsync([1, 2, 3], Begin, (_, _) => throw new InvalidOperationException("taken"), atOnce: 2);

        _begun[0].SetResult("a");
        _begun[1].SetException(new TimeoutException());
        await Assert.ThrowsAsync<TimeoutException>(() => all);
        Assert.Equal(2, _begun.Count);
    }

    private Task<string> Begin(int item)
    {
        var done = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_begun)
        {
            _begun.Add(done);
        }

        return done.Task;
    }

    /// <summary>Waits until so many have begun.</summary>
    private async Task BegunAsync(int count)
    {
        while (true)
        {
            lock (_begun)
            {
                if (_begun.Count >= count)
                {
                    return;
                }
            }

            await Task.Yield();
        }
    }
}
