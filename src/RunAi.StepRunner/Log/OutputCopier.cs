namespace RunAi.StepRunner.Log;

/// <summary>Copies one of the command's streams to the runner's own, at once, and into the log.</summary>
internal sealed class OutputCopier
{
    private const int BufferSize = 64 << 10;

    private readonly Stream _source;
    private readonly bool _isErrors;
    private readonly LineSplitter _lines;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OutputCopier(Stream source, bool isErrors, LineSplitter lines)
    {
        _source = source;
        _isErrors = isErrors;
        _lines = lines;
        new Thread(Copy) { IsBackground = true, Name = isErrors ? "stderr" : "stdout" }.Start();
    }

    /// <summary>Done when the command and all it started have closed the stream.</summary>
    public Task Ended => _ended.Task;

    private void Copy()
    {
        var buffer = new byte[BufferSize];
        while (_source.Read(buffer) is var read and > 0)
        {
            StandardStreams.Write(_isErrors, buffer.AsSpan(0, read));
            _lines.Add(buffer.AsSpan(0, read));
        }

        _lines.Complete();
        _ended.SetResult();
    }
}
