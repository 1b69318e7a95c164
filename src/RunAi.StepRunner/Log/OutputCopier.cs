namespace RunAi.StepRunner.Log;

/// <summary>Copies one of the command's streams to the runner's own, at once, and into the log.</summary>
internal sealed class OutputCopier
{
    private const int BufferSize = 64 << 10;

    private readonly Stream _source;
    private readonly bool _isErrors;
    private readonly LineSplitter _lines;
    private long _waitsSince;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OutputCopier(Stream source, bool isErrors, LineSplitter lines, TimeProvider time)
    {
        _source = source;
        _isErrors = isErrors;
        _lines = lines;
        _time = time;
        _waitsSince = time.GetTimestamp();
        new Thread(Copy) { IsBackground = true, Name = isErrors ? "stderr" : "stdout" }.Start();
    }

    /// <summary>Done when the command and all it started have closed the stream.</summary>
    public Task Ended => _ended.Task;

    /// <summary>True when the stream has ended, or nothing has come for so long although it is waited for.</summary>
    public bool IsSilentFor(TimeSpan silence, TimeProvider time) =>
        _ended.Task.IsCompleted || (Volatile.Read(ref _waitsSince) is var since and > 0 && time.GetElapsedTime(since) >= silence);

    private int Read(byte[] buffer)
    {
        Volatile.Write(ref _waitsSince, Math.Max(1, _time.GetTimestamp()));
        var read = _source.Read(buffer);
        Volatile.Write(ref _waitsSince, 0);
        return read;
    }

    private void Copy()
    {
        var buffer = new byte[BufferSize];
        while (Read(buffer) is var read and > 0)
        {
            StandardStreams.Write(_isErrors, buffer.AsSpan(0, read));
            _lines.Add(buffer.AsSpan(0, read));
        }

        _lines.Complete();
        _ended.SetResult();
    }
}
