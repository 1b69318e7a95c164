using RunAi.StepRunner.Log;
using RunAi.StepRunner.Reporting;
using RunAi.StepRunner.Store;

namespace RunAi.StepRunner.Checkpoints;

/// <summary>
/// Saves the checkpoint folder when it changed and then stood still between two readings, so that it is not saved half-written.
/// </summary>
internal sealed class CheckpointWatch
{
    private readonly CheckpointStore _store;
    private readonly string _folder;
    private readonly TimeSpan _interval;
    private readonly RunnerLog _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly HashSet<string> _warned = [];
    private readonly Task _loop;
    private string _saved;

    /// <param name="store">Where the folder is saved.</param>
    /// <param name="folder">The checkpoint folder.</param>
    /// <param name="saved">The fingerprint of what the store holds: taken before the command starts, which may write at once.</param>
    /// <param name="interval">The time between two readings.</param>
    /// <param name="log">Told of what was saved and what could not be.</param>
    /// <param name="time">The clock.</param>
    public CheckpointWatch(CheckpointStore store, string folder, string saved, TimeSpan interval, RunnerLog log, TimeProvider time)
    {
        _store = store;
        _folder = folder;
        _interval = interval;
        _log = log;
        _time = time;
        _saved = saved;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>The command has ended: saves what it left, if that is not saved yet.</summary>
    public async Task CompleteAsync(bool save)
    {
        await _ending.CancelAsync();
        await _loop;
        if (save)
        {
            await TrySaveAsync(ReadFingerprint(), CancellationToken.None);
        }
    }

    private async Task LoopAsync()
    {
        var last = _saved;
        try
        {
            while (true)
            {
                await Task.Delay(_interval, _time, _ending.Token);
                var now = ReadFingerprint();
                if (now == last)
                {
                    await TrySaveAsync(now, _ending.Token);
                }

                last = now;
            }
        }
        catch (OperationCanceledException)
        {
            // The command has ended; what it left is saved by the one who ends this.
        }
    }

    private async Task TrySaveAsync(string? fingerprint, CancellationToken ct)
    {
        if (fingerprint is null or FolderFingerprint.Empty || fingerprint == _saved)
        {
            return;
        }

        try
        {
            if (await _store.SaveAsync(() => ReadFingerprint() == fingerprint, WarnOnce, ct))
            {
                _saved = fingerprint;
                _log.Inform("The checkpoint was saved.");
            }
        }
        catch (Exception e) when (e is StoreException or ContentException or IOException or UnauthorizedAccessException)
        {
            _log.Warn($"The checkpoint could not be saved: {Reason.Of(e)}.");
        }
    }

    /// <summary>The folder is saved again and again: what is left out of it each time is told once.</summary>
    private void WarnOnce(string leftOut)
    {
        if (_warned.Add(leftOut))
        {
            _log.Warn($"Of the checkpoint {leftOut}");
        }
    }

    /// <summary>Null when the folder cannot be read at this moment, because it is changing.</summary>
    private string? ReadFingerprint()
    {
        try
        {
            return FolderFingerprint.Of(_folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
