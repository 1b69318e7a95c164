using System.Text.Json;
using RunAi.RunManifest;
using RunAi.StepRunner.Reporting;
using RunAi.StepRunner.Store;

namespace RunAi.StepRunner.Log;

/// <summary>Brings the log to the store: the growing segment anew every 2 s when there is something new, a full one at once.</summary>
internal sealed class LogStore
{
    private const int MostRefusals = 3;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);
    private static readonly GrowingPause Pauses = new(Interval, TimeSpan.FromSeconds(10));

    private readonly ObjectStore _store;
    private readonly ManifestLog _manifest;
    private readonly SegmentedLog _log;
    private readonly TimeProvider _time;
    private readonly int _starts;
    private readonly SemaphoreSlim _changed = new(0);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _loop;
    private CancellationTokenSource _urgent = new();
    private int _announced = -1;
    private int _storedIndex = -1;
    private int _storedLength;
    private int _refusals;
    private bool _givenUp;

    public LogStore(ObjectStore store, ManifestLog manifest, SegmentedLog log, int starts, TimeProvider time)
    {
        _store = store;
        _manifest = manifest;
        _log = log;
        _starts = starts;
        _time = time;
        log.Changed += OnChanged;
        _loop = LoopAsync();
    }

    /// <summary>Stores what there is without waiting for the next turn.</summary>
    public void Hurry() => OnChanged(filled: true);

    /// <summary>Stores the rest of the log, trying for as long as the store's patience lasts.</summary>
    /// <returns>Whether all of it is in the store.</returns>
    public async Task<bool> CompleteAsync(CancellationToken ct)
    {
        await _ending.CancelAsync();
        await _loop;
        try
        {
            await StoreAsync((address, content) => _store.WriteAsync(address, content, ct));
        }
        catch (StoreException e)
        {
            RunnerLog.Complain($"The rest of the log could not be stored: {Reason.Of(e)}.");
        }

        return !_givenUp && IsStored();
    }

    private async Task LoopAsync()
    {
        var pause = Interval;
        var last = _time.GetTimestamp() - (long)(Interval.TotalSeconds * _time.TimestampFrequency);
        while (!_ending.IsCancellationRequested && !_givenUp)
        {
            await WaitForWorkAsync(last, pause);
            try
            {
                await StoreAsync((address, content) => _store.WriteOnceAsync(address, content, _ending.Token));
                _log.SetStoreIsAway(false);
                pause = Interval;
                _refusals = 0;
            }
            catch (OperationCanceledException) when (_ending.IsCancellationRequested)
            {
                return;
            }
            catch (StoreException e)
            {
                _log.SetStoreIsAway(true);
                pause = Pauses.After(pause);
                _changed.Release();
                GiveUpWhenRefused(e);
            }

            last = _time.GetTimestamp();
        }
    }

    private async Task WaitForWorkAsync(long last, TimeSpan pause)
    {
        try
        {
            await _changed.WaitAsync(_ending.Token);
            var rest = pause - _time.GetElapsedTime(last);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, _urgent.Token);
            await Task.Delay(rest > Gathering ? rest : Gathering, _time, either.Token);
        }
        catch (OperationCanceledException)
        {
            // A full segment, or the end: there is no time to gather more.
        }

        if (_urgent.IsCancellationRequested)
        {
            _urgent = new CancellationTokenSource();
        }

        while (_changed.CurrentCount > 0)
        {
            await _changed.WaitAsync();
        }
    }

    private async Task StoreAsync(Func<string, ReadOnlyMemory<byte>, Task> write)
    {
        while (!_givenUp && _log.Next() is { } segment && !IsStored())
        {
            if (_announced < segment.Index)
            {
                var head = new LogHead { Starts = _starts, Segments = segment.Index + 1 };
                await write(_manifest.Head.Put!, JsonSerializer.SerializeToUtf8Bytes(head, RunnerJson.Default.LogHead));
                _announced = segment.Index;
            }

            var (bytes, isFull) = _log.Read(segment);
            await write(_manifest.Segments[segment.Index], bytes);
            _storedIndex = segment.Index;
            _storedLength = bytes.Length;
            if (isFull)
            {
                _log.Release(segment);
            }
        }
    }

    private bool IsStored() =>
        _log.Next() is not { } next
        || (next.Index == _storedIndex && _log.Read(next) is (var bytes, false) && bytes.Length == _storedLength);

    private void GiveUpWhenRefused(StoreException e)
    {
        if (e.Failure is StoreFailure.Refused or StoreFailure.Rejected or StoreFailure.NotFound && ++_refusals >= MostRefusals)
        {
            _givenUp = true;
            _log.Abandon();
            RunnerLog.Complain($"The log is stored no further: {Reason.Of(e)}. It goes on here.");
        }
    }

    private void OnChanged(bool filled)
    {
        if (filled)
        {
            Volatile.Read(ref _urgent).Cancel();
        }

        if (_changed.CurrentCount == 0)
        {
            _changed.Release();
        }
    }
}
