using System.Globalization;
using System.Text.RegularExpressions;
using RunAi.Artifacts;
using RunAi.RunManifest;

namespace RunAi.Runs.Log;

/// <summary>
/// Reads the log of a run as it grows: one listing for each read, and the bytes that are new. No line is lost or told twice, whoever reads
/// on from a <see cref="LogLine.Position"/>.
/// </summary>
internal sealed class RunLog : ILogSource
{
    private const int MostBytes = 4 << 20;

    private static readonly Regex Segment = new(
        @"/attempts/(?<attempt>\d{1,9})/(?:replicas/(?<replica>[a-z0-9-]{1,64})/)?log/(?<segment>\d{5})\z", RegexOptions.CultureInvariant);

    private readonly IArtifactStore _store;
    private readonly string _runId;
    private LogAssembler _assembler;
    private int _attempt;

    public RunLog(IArtifactStore store, string runId, LogPosition? after = null)
    {
        _store = store;
        _runId = runId;
        Begin(after ?? LogPosition.Beginning);
    }

    /// <summary>The run's attempt that is at work: before it has a log nothing is complete.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The last attempt whose log counts.</summary>
    public int Until { get; init; } = int.MaxValue;

    /// <summary>The replica whose log it is; null for that of the run itself, which is the first replica's.</summary>
    public string? Replica { get; init; }

    /// <summary>True once the read before showed the result of the last attempt that has a log.</summary>
    public bool IsComplete { get; private set; }

    public IReadOnlyList<LogLine> States => _assembler.States;

    /// <summary>Where a later reader goes on.</summary>
    public LogPosition Position => _assembler.Position;

    /// <summary>Reads once and tells every line that is new.</summary>
    /// <exception cref="ArtifactException">The store cannot be read. What was told stays told; the next read goes on.</exception>
    public async Task ReadAsync(Action<LogLine> tell, CancellationToken ct)
    {
        await ReadAsync(await _store.ListAsync(RunKeys.Attempts(_runId), ct).ConfigureAwait(false), tell, ct).ConfigureAwait(false);
    }

    /// <summary>The same with a listing of all attempts.</summary>
    public async Task ReadAsync(IReadOnlyList<StoredObject> objects, Action<LogLine> tell, CancellationToken ct)
    {
        var segments = SegmentsOf(objects);
        var isComplete = segments.Count > 0 && segments.Keys.Max() >= Attempt
            && objects.Any(stored => stored.Key == RunKeys.Result(_runId, segments.Keys.Max(), Replica));
        foreach (var attempt in segments.Keys.Where(attempt => attempt >= _attempt))
        {
            if (attempt > _attempt)
            {
                Begin(new LogPosition(attempt, 0, default));
            }

            await ReadAttemptAsync(segments[attempt], tell, ct).ConfigureAwait(false);
        }

        IsComplete = isComplete;
    }

    /// <summary>The last lines of what there is, from the end backwards segment by segment; reading goes on after them.</summary>
    public async Task<IReadOnlyList<LogLine>> TailAsync(int count, CancellationToken ct)
    {
        var segments = SegmentsOf(await _store.ListAsync(RunKeys.Attempts(_runId), ct).ConfigureAwait(false));
        var places = segments.SelectMany(attempt =>
            attempt.Value.Keys.Select(segment => (Attempt: attempt.Key, Segment: segment))).Reverse().ToArray();
        for (var back = 1; back <= places.Length; back++)
        {
            var (attempt, segment) = places[back - 1];
            var start = segment == 0 ? 0 : await StartAtAsync(attempt, ct).ConfigureAwait(false);
            Begin(new LogPosition(attempt, start, new LogOffset(segment, 0)));
            var lines = new Queue<LogLine>();
            await ReadAsync(
                line =>
                {
                    lines.Enqueue(line);
                    if (lines.Count > count)
                    {
                        lines.Dequeue();
                    }
                },
                ct).ConfigureAwait(false);
            if (lines.Count == count || back == places.Length)
            {
                return [.. lines];
            }
        }

        return [];
    }

    private async Task ReadAttemptAsync(SortedDictionary<int, long> sizes, Action<LogLine> tell, CancellationToken ct)
    {
        var last = sizes.Keys.Max();
        for (; ; _assembler.NextSegment())
        {
            var segment = _assembler.Next.Segment;
            var isLast = segment >= last;
            if (isLast && (!sizes.TryGetValue(segment, out var size) || size <= _assembler.Next.Offset))
            {
                return;
            }

            // A segment that another follows is full; the listing may be older than its last bytes, so it is read to its end.
            while (await ReadSegmentAsync(segment, tell, ct).ConfigureAwait(false) && !isLast)
            {
            }

            if (isLast)
            {
                return;
            }
        }
    }

    private async Task<bool> ReadSegmentAsync(int segment, Action<LogLine> tell, CancellationToken ct)
    {
        var from = _assembler.Next;
        var bytes = await _store.ReadAsync(
            RunKeys.LogSegment(_runId, _attempt, segment, Replica), from.Offset, MostBytes, ct).ConfigureAwait(false);
        foreach (var line in _assembler.Take(bytes ?? []))
        {
            tell(line);
        }

        return _assembler.Next != from;
    }

    /// <summary>The starts of an attempt so far: the best that is known in the middle of its log.</summary>
    private async Task<int> StartAtAsync(int attempt, CancellationToken ct) =>
        (await StoredJson.ReadAsync<LogHead>(_store, RunKeys.LogHead(_runId, attempt, Replica), ct).ConfigureAwait(false))?.Starts ?? 1;

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_assembler))]
    private void Begin(LogPosition position)
    {
        _attempt = position.Attempt;
        _assembler = new LogAssembler(position);
    }

    private SortedDictionary<int, SortedDictionary<int, long>> SegmentsOf(IReadOnlyList<StoredObject> objects)
    {
        var found = new SortedDictionary<int, SortedDictionary<int, long>>();
        foreach (var stored in objects)
        {
            if (Segment.Match(stored.Key) is { Success: true } match && match.Groups["replica"].Value == (Replica ?? ""))
            {
                var attempt = int.Parse(match.Groups["attempt"].Value, CultureInfo.InvariantCulture);
                if (attempt > Until)
                {
                    continue;
                }

                if (!found.TryGetValue(attempt, out var sizes))
                {
                    found.Add(attempt, sizes = []);
                }

                sizes[int.Parse(match.Groups["segment"].Value, CultureInfo.InvariantCulture)] = stored.Size;
            }
        }

        return found;
    }
}
