using System.Collections.Concurrent;

namespace RunAi.ControlPlane;

/// <summary>Remembers what was looked up by name for a while.</summary>
internal sealed class LookupCache<T>
    where T : class
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly TimeSpan _lifetime;

    public LookupCache(TimeProvider time, TimeSpan lifetime)
    {
        _time = time;
        _lifetime = lifetime;
    }

    /// <summary>The values that are still trusted.</summary>
    public IReadOnlyList<T> Values
    {
        get
        {
            var now = _time.GetUtcNow();
            return [.. _entries.Values.Where(e => now < e.Until).Select(e => e.Value)];
        }
    }

    /// <summary>The value of a key while it is trusted, or null.</summary>
    public T? Find(string key) =>
        _entries.TryGetValue(key, out var entry) && _time.GetUtcNow() < entry.Until ? entry.Value : null;

    public void Keep(string key, T value) => _entries[key] = new Entry(value, _time.GetUtcNow() + _lifetime);

    public void Forget(Func<string, T, bool> which)
    {
        foreach (var entry in _entries.Where(e => which(e.Key, e.Value.Value)))
        {
            _entries.TryRemove(entry.Key, out _);
        }
    }

    private sealed record Entry(T Value, DateTimeOffset Until);
}
