using Microsoft.Extensions.Time.Testing;
using RunAi.Runs;
using RunAi.Runs.Attending;
using RunAi.Watching;

namespace RunAi.Tests.Runs.Attending;

/// <summary>The result that the step runner writes last is seen within a second.</summary>
public sealed class ResultWatchTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly MemoryStore _store = new();
    private readonly EndHint _hint = new();
    private readonly StepRun _run = new() { RunId = "01JD", Attempt = 2 };

    [Fact]
    public async Task Result_GivesASign_Once_UntilItIsCancelled()
    {
        using var over = new CancellationTokenSource();
        var watch = new ResultWatch(_store, _time).GiveAsync(_hint, _run, over.Token);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, _hint.Count);

        _store.Objects[RunKeys.Result("01JD", 2)] = [1];
        await UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return _hint.Count == 1;
        });
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1, _hint.Count);

        over.Cancel();
        await watch.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task TroubleWithTheStore_EndsNothing()
    {
        using var over = new CancellationTokenSource();
        var isAway = true;
        _store.Before = _ =>
        {
            if (isAway)
            {
                throw new ArtifactException(ErrorIds.ArtifactStoreUnreachable, "away");
            }
        };
        _store.Objects[RunKeys.Result("01JD", 2)] = [1];
        var watch = new ResultWatch(_store, _time).GiveAsync(_hint, _run, over.Token);

        isAway = false;
        await UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            return _hint.Count == 1;
        });

        over.Cancel();
        await watch.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
