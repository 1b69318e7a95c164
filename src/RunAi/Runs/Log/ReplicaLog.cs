using RunAi.Artifacts;

namespace RunAi.Runs.Log;

/// <summary>
/// The logs of a distributed run's replicas as one: the new lines of each read in the order of their times, each with the name of its
/// replica. A position is that of every replica that has been read, <c>name@position;name@position</c>.
/// </summary>
internal sealed class ReplicaLog : ILogSource
{
    private readonly IArtifactStore _store;
    private readonly StepRun _run;
    private readonly string[] _names;
    private readonly Dictionary<string, RunLog> _logs = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _told = new(StringComparer.Ordinal);

    /// <param name="store">The run's store.</param>
    /// <param name="run">The run; its replicas are told apart.</param>
    /// <param name="names">The replicas to read; null for all.</param>
    /// <param name="after">Where to go on, by replica; null for the beginning.</param>
    public ReplicaLog(
        IArtifactStore store, StepRun run, IReadOnlyCollection<string>? names = null,
        IReadOnlyDictionary<string, LogPosition>? after = null)
    {
        _store = store;
        _run = run;
        _names = [.. run.Replicas.Select(replica => replica.Name).Where(name => names is null || names.Contains(name))];
        foreach (var name in _names)
        {
            var position = after is not null && after.TryGetValue(name, out var known) ? known : null;
            _logs[name] = new RunLog(store, run.RunId, position) { Attempt = run.Attempt, Replica = ReplicaNames.KeyOf(run, name) };
            if (position is not null)
            {
                _told[name] = position.ToString();
            }
        }
    }

    public bool IsComplete => _logs.Values.All(log => log.IsComplete);

    public IReadOnlyList<LogLine> States => [.. _logs.SelectMany(log => log.Value.States.Select(state => Named(state, log.Key)))];

    public async Task ReadAsync(Action<LogLine> tell, CancellationToken ct)
    {
        var objects = await _store.ListAsync(RunKeys.Attempts(_run.RunId), ct).ConfigureAwait(false);
        var lines = new List<(string Name, LogLine Line)>();
        try
        {
            foreach (var name in _names)
            {
                await _logs[name].ReadAsync(objects, line => lines.Add((name, line)), ct).ConfigureAwait(false);
            }
        }
        finally
        {
            Tell(lines, tell);
        }
    }

    public async Task<IReadOnlyList<LogLine>> TailAsync(int count, CancellationToken ct)
    {
        var lines = new List<(string Name, LogLine Line)>();
        foreach (var name in _names)
        {
            lines.AddRange((await _logs[name].TailAsync(count, ct).ConfigureAwait(false)).Select(line => (name, line)));
        }

        var told = new List<LogLine>();
        Tell(lines, told.Add);
        return [.. told.Skip(Math.Max(0, told.Count - count))];
    }

    /// <summary>Reads a position of this kind; false for another text.</summary>
    public static bool TryParse(string text, out IReadOnlyDictionary<string, LogPosition> positions)
    {
        var found = new Dictionary<string, LogPosition>(StringComparer.Ordinal);
        positions = found;
        foreach (var part in text.Split(';'))
        {
            var at = part.IndexOf('@');
            if (at < 1 || !LogPosition.TryParse(part.Substring(at + 1), out var position))
            {
                return false;
            }

            found[part.Substring(0, at)] = position;
        }

        return true;
    }

    private static LogLine Named(LogLine state, string name)
    {
        state.Replica = name;
        return state;
    }

    /// <summary>Lines of one replica stay in their order; a line without a time stays behind the one before it.</summary>
    private void Tell(List<(string Name, LogLine Line)> lines, Action<LogLine> tell)
    {
        var last = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var timed = new List<(DateTimeOffset Time, string Name, LogLine Line)>();
        foreach (var (name, line) in lines)
        {
            var earliest = last.TryGetValue(name, out var before) ? before : DateTimeOffset.MinValue;
            last[name] = line.Time > earliest ? line.Time.Value : earliest;
            timed.Add((last[name], name, line));
        }

        foreach (var (_, name, line) in timed.OrderBy(item => item.Time))
        {
            _told[name] = line.Position;
            line.Replica = name;
            line.Position = string.Join(";", _told.Select(pair => $"{pair.Key}@{pair.Value}"));
            tell(line);
        }
    }
}
