using System.Text;
using RunAi.ControlPlane;

namespace RunAi.Runs.Log;

/// <summary>
/// Reads the log of a workload over one connection after the other: what an earlier one brought is not told again, and what is cut between
/// two is put together.
/// </summary>
internal sealed class ClusterLogReading
{
    private const int MostStatement = 512;

    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(1);

    private readonly ClusterLogSource _source;
    private readonly ClusterLogOptions _options;
    private readonly TimeProvider _time;
    private readonly LogLines _lines;
    private readonly LogReplay _replay;
    private string? _start;
    private TimeSpan _silence;

    /// <param name="source">Where the log is.</param>
    /// <param name="options">How long to wait for what.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Gets each line without its end, and the number of its start.</param>
    public ClusterLogReading(ClusterLogSource source, ClusterLogOptions options, TimeProvider time, Action<string, int> tell)
    {
        (_source, _options, _time, _silence) = (source, options, time, options.SilenceLimit);
        _lines = new LogLines(line => tell(line, Starts));
        _replay = new LogReplay(Take, Restart);
    }

    /// <summary>The start that is read, from 1.</summary>
    public int Starts { get; private set; } = 1;

    /// <summary>How many bytes came that were new, over all starts.</summary>
    public long Total { get; private set; }

    /// <summary>Called once what there was at a connection's begin has come, as far as that can be known.</summary>
    public Action? CaughtUp { get; init; }

    /// <summary>
    /// Reads over one connection until it ends, nobody has heard of it for long, or <paramref name="ended"/> and nothing more comes.
    /// </summary>
    /// <exception cref="ClusterApiException">There is no stream; the exception says why.</exception>
    /// <exception cref="RunAiApiException">The control plane does not say where the cluster is, or gives no token.</exception>
    public async Task ReadAsync(Task ended, CancellationToken ct)
    {
        var start = Total > 0 ? await StartAsync(ct).ConfigureAwait(false) : null;
        using var stream = await OpenAsync(ended, ct).ConfigureAwait(false);
        start ??= _start is null && !ended.IsCompleted ? await StartAsync(ct).ConfigureAwait(false) : null;
        _replay.Begin(isAnother: start is not null && _start is not null && start != _start);
        _start = start ?? _start;
        await ReadAsync(stream, ended, ct).ConfigureAwait(false);
    }

    /// <summary>Tells what came last without a line end.</summary>
    public void Finish() => _lines.Flush();

    /// <summary>The end of the workload shortens the patience.</summary>
    private async Task<IClusterStream> OpenAsync(Task ended, CancellationToken ct)
    {
        if (ended.IsCompleted)
        {
            return await _source.OpenAsync(_options.FirstBytePatience, ct).ConfigureAwait(false);
        }

        using var opening = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var stream = _source.OpenAsync(_options.OpenPatience, opening.Token);
        if (await Task.WhenAny(stream, ended).ConfigureAwait(false) == ended
            && !await HappensAsync(stream, null, _options.FirstBytePatience, ct).ConfigureAwait(false))
        {
            opening.Cancel();
        }

        try
        {
            return await stream.ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new ClusterApiException(ClusterApiTrouble.Unreachable, "did not answer before the workload had ended", e);
        }
    }

    private async Task ReadAsync(IClusterStream stream, Task ended, CancellationToken ct)
    {
        var before = Total;
        string? statement = null;
        var (isQuiet, hasBegun) = (false, false);
        while (true)
        {
            var next = stream.ReadAsync(ct);
            while (!next.IsCompleted)
            {
                var isLast = ended.IsCompleted;
                var patience = isLast ? hasBegun ? _options.Quiet : _options.FirstBytePatience : isQuiet ? _silence : _options.Quiet;
                if (await HappensAsync(next, isLast ? null : ended, patience, ct).ConfigureAwait(false))
                {
                    continue;
                }

                Settle(statement);
                statement = null;
                if (isLast || isQuiet)
                {
                    var silences = new GrowingPause(_options.SilenceLimit, LongestSilence);
                    _silence = Total > before ? silences.First : silences.After(_silence);
                    _ = next.ContinueWith(
                        static read => read.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                        TaskScheduler.Default);
                    return;
                }

                isQuiet = true;
            }

            if (await next.ConfigureAwait(false) is not { } chunk)
            {
                if (statement is not null)
                {
                    throw ClusterAnswer.OfStatement(statement);
                }

                Settle(null);
                return;
            }

            if (!hasBegun && chunk.Count <= MostStatement && Encoding.UTF8.GetString(chunk.Array!, chunk.Offset, chunk.Count) is var text
                && ClusterAnswer.MayBeStatement(text))
            {
                (statement, hasBegun) = (text, true);
                continue;
            }

            Release(statement);
            (statement, hasBegun, isQuiet) = (null, true, false);
            _replay.Take(chunk.Array!, chunk.Offset, chunk.Count);
        }
    }

    private void Settle(string? statement)
    {
        Release(statement);
        _replay.Settle();
        CaughtUp?.Invoke();
    }

    private void Release(string? statement)
    {
        if (statement is not null)
        {
            var bytes = Encoding.UTF8.GetBytes(statement);
            _replay.Take(bytes, 0, bytes.Length);
        }
    }

    private void Take(byte[] bytes, int offset, int count)
    {
        Total += count;
        _lines.Take(bytes, offset, count);
    }

    private void Restart()
    {
        _lines.Flush();
        Starts++;
    }

    private async Task<string?> StartAsync(CancellationToken ct)
    {
        try
        {
            return await _source.StartAsync(ct).ConfigureAwait(false);
        }
        catch (RunAiApiException)
        {
            // What came is told by its content then.
            return null;
        }
    }

    /// <summary>True when the read or the workload ended within that time.</summary>
    private Task<bool> HappensAsync(Task read, Task? ended, TimeSpan patience, CancellationToken ct) =>
        _time.DelayUntilAsync(patience, ended is null ? read : Task.WhenAny(read, ended), ct);
}
