namespace RunAi.Emulator.Faults;

/// <summary>The rules in force, in the order they were given.</summary>
internal sealed class FaultStore
{
    private readonly Lock _lock = new();
    private readonly List<FaultRule> _rules = [];
    private readonly Random _random = new(20241001);

    public IReadOnlyList<FaultRule> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _rules];
            }
        }
    }

    public void Add(FaultRule rule)
    {
        lock (_lock)
        {
            _rules.Add(rule with { Id = Guid.NewGuid(), Hits = 0 });
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _rules.Clear();
        }
    }

    /// <summary>The rules this request meets; each is counted.</summary>
    public IReadOnlyList<FaultRule> Strike(string method, string path)
    {
        lock (_lock)
        {
            var struck = new List<FaultRule>();
            for (var i = 0; i < _rules.Count; i++)
            {
                var rule = _rules[i];
                if (!Matches(rule, method, path) || rule.Hits >= rule.Count || _random.NextDouble() >= rule.Probability)
                {
                    continue;
                }

                _rules[i] = rule with { Hits = rule.Hits + 1 };
                struck.Add(rule);
            }

            return struck;
        }
    }

    private static bool Matches(FaultRule rule, string method, string path) =>
        (rule.Method is null || string.Equals(rule.Method, method, StringComparison.OrdinalIgnoreCase))
        && Glob.IsMatch(rule.Path, path);
}
