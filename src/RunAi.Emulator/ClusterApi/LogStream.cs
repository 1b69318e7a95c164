using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using RunAi.Emulator.Execution;
using RunAi.Emulator.Faults;

namespace RunAi.Emulator.ClusterApi;

/// <summary>Sends a pod's log over a WebSocket as it grows, with the faults that are asked for.</summary>
internal sealed class LogStream(WebSocket socket, PodLog log, LogOptions options, IReadOnlyList<FaultRule> faults, TimeProvider clock)
{
    private const int MostBytes = 4096;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly bool _split = faults.Any(rule => rule.Kind == FaultKind.SplitText);
    private readonly bool _binary = faults.Any(rule => rule.Kind == FaultKind.Binary);
    private readonly TimeSpan? _quietCut = Of(faults, FaultKind.QuietCut);
    private readonly TimeSpan? _cut = Of(faults, FaultKind.StreamCut);
    private readonly List<byte> _line = [];

    /// <summary>Sends until the pod has ended and all is sent; false when a fault cut it off.</summary>
    /// <param name="hasEnded">Whether the pod writes no more.</param>
    /// <param name="isRefused">Whether the token is no longer good.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<bool> RunAsync(Func<bool> hasEnded, Func<bool> isRefused, CancellationToken cancellation)
    {
        var (begun, last, offset) = (clock.GetUtcNow(), clock.GetUtcNow(), 0L);
        while (true)
        {
            var ended = hasEnded();
            var bytes = log.Read(offset, MostBytes);
            if (bytes.Length > 0)
            {
                last = clock.GetUtcNow();
                await TakeAsync(bytes, offset, cancellation).ConfigureAwait(false);
                offset += bytes.Length;
            }
            else if (ended || !options.Follow)
            {
                await FlushAsync(offset, cancellation).ConfigureAwait(false);
                return true;
            }

            if (isRefused() || clock.GetUtcNow() - begun >= _cut || (bytes.Length == 0 && clock.GetUtcNow() - last >= _quietCut))
            {
                return false;
            }

            if (bytes.Length == 0)
            {
                await Task.Delay(Poll, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static TimeSpan? Of(IEnumerable<FaultRule> faults, FaultKind kind) =>
        faults.FirstOrDefault(rule => rule.Kind == kind) is { } rule ? TimeSpan.FromSeconds(rule.Seconds) : null;

    private async Task TakeAsync(byte[] bytes, long offset, CancellationToken cancellation)
    {
        if (options is { Timestamps: false, Since: null })
        {
            await SendAsync(bytes, cancellation).ConfigureAwait(false);
            return;
        }

        for (var from = 0; from < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', from);
            var until = end < 0 ? bytes.Length : end + 1;
            _line.AddRange(bytes.AsSpan(from, until - from));
            if (end >= 0)
            {
                await FlushAsync(offset + until, cancellation).ConfigureAwait(false);
            }

            from = until;
        }
    }

    /// <summary>Sends the line that ends at an offset.</summary>
    private async Task FlushAsync(long end, CancellationToken cancellation)
    {
        if (_line.Count == 0)
        {
            return;
        }

        var time = log.TimeOf(end - 1);
        var line = _line.ToArray();
        _line.Clear();
        if (options.Since is null || time >= options.Since)
        {
            var stamp = options.Timestamps
                ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z '", CultureInfo.InvariantCulture)
                : "";
            await SendAsync([.. Encoding.UTF8.GetBytes(stamp), .. line], cancellation).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(byte[] bytes, CancellationToken cancellation)
    {
        var type = _binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
        var size = _split ? 1 : bytes.Length;
        for (var at = 0; at < bytes.Length; at += size)
        {
            await socket.SendAsync(bytes.AsMemory(at, size), type, endOfMessage: true, cancellation).ConfigureAwait(false);
        }
    }
}
