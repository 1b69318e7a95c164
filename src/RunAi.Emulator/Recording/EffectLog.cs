using RunAi.Emulator.State;

namespace RunAi.Emulator.Recording;

/// <summary>Every effect in order: created, phaseChanged, stopped, resumed, deleted. The oldest go after 200,000.</summary>
internal sealed class EffectLog(TimeProvider clock)
{
    private const int Most = 200_000;
    private readonly Lock _lock = new();
    private readonly Queue<Effect> _effects = new();
    private long _sequence;

    public event Action Added = () => { };

    public void Add(string kind, Workload workload, string? requestId)
    {
        lock (_lock)
        {
            _effects.Enqueue(new Effect(
                ++_sequence, clock.GetUtcNow(), kind, workload.Id, workload.Name, workload.Phase.ToString(), requestId));
            if (_effects.Count > Most)
            {
                _effects.Dequeue();
            }
        }

        Added();
    }

    public IReadOnlyList<Effect> Since(long sequence)
    {
        lock (_lock)
        {
            return [.. _effects.Where(effect => effect.Sequence > sequence)];
        }
    }
}
